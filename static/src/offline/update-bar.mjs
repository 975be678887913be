/**
 * Offer a new version of the service once no visit is open on the phone: until then the pages
 * and the worker that belong together stay together.
 */
import { isVisitOpen } from "./register.mjs";

/** @param {HTMLElement} element  with the button that takes it over */
export default async function updateBar(element) {
  const container = navigator.serviceWorker;
  const registration = await container?.getRegistration();
  if (!registration) return;
  const offer = async () => {
    const { waiting } = registration;
    element.hidden = !waiting || !container.controller || (await isVisitOpen(waiting));
    element.toggleAttribute("data-waiting", Boolean(waiting));
  };
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", offer));
  document.addEventListener("visibilitychange", offer);
  element.querySelector("button")?.addEventListener("click", () => {
    container.addEventListener("controllerchange", () => window.location.reload(), { once: true });
    registration.waiting?.postMessage("take-over");
  });
  await offer();
}
