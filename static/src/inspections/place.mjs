/** Where on the page somebody was: kept, because taking a photograph may cost the page its life. */
import { shelf } from "../offline/desk.mjs";

/** @param {string} key  of the visit */
export function rememberPlace(key) {
  const keep = () => {
    const place = { hash: window.location.hash, scroll: window.scrollY };
    shelf.change("visits", key, (visit) => ({ ...visit, place })).catch(() => undefined); // no room: a comfort the less
  };
  window.addEventListener("pagehide", keep);
  document.addEventListener("visibilitychange", keep);
  document.addEventListener("click", (event) => {
    if (event.target instanceof HTMLInputElement && event.target.type === "file") keep();
  });
  let timer = 0;
  window.addEventListener("scroll", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(keep, 500);
  });
}

/**
 * @param {import("../offline/visits.mjs").Visit} visit
 * @param {import("./overview.mjs").Overview} overview
 */
export function returnToPlace({ place }, overview) {
  if (!place || (window.location.hash && window.location.hash !== place.hash && !window.location.hash.startsWith("#item-"))) return;
  window.history.replaceState(window.history.state, "", place.hash || window.location.hash);
  overview.showWhatTheAddressNames();
  window.scrollTo(0, place.scroll);
}
