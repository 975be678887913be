/**
 * The visit page with script: one item at a time, every change kept on the phone at once and sent
 * when there is signal. Whoever has no script is led to one long page, a form for each item.
 */
import { settled } from "../components/settled.mjs";
import { say } from "../components/toast.mjs";
import { wordsIn } from "../components/worded.mjs";
import { askToPersist } from "../offline/storage.mjs";
import { sheetAddress } from "../offline/visits.mjs";
import { Visit } from "./filling.mjs";
import { opened } from "./kept.mjs";

/** @param {HTMLElement} element */
export default async function visit(element) {
  const officer = Number(element.dataset.officer);
  const state = JSON.parse(element.querySelector("[data-visit-state]")?.textContent ?? "null");
  const blank = JSON.parse(element.dataset.blank ?? "{}");
  for (const answer of Object.values(state?.answers ?? {})) answer.entry = { ...blank, ...answer.entry };
  const asked = new URLSearchParams(window.location.search);
  const key = state?.key ?? asked.get("key");
  if (!key && !asked.has("inspection")) return (await import("./start-visit.mjs")).default(element);
  const { visit: kept, samples } = await opened({ key, inspection: Number(asked.get("inspection")), state, officer });
  if (!kept) return say(wordsIn(element, "[data-visit-words]").unknown);
  if (kept.state === "handed_in") return window.location.replace("/outbox"); // it may still lie here
  if (kept.state !== "draft") return window.location.replace(`/inspections/${kept.inspectionId}`);
  const isAtHome = state || (kept.edition === element.dataset.edition && asked.has("key"));
  if (!isAtHome) return window.location.replace(sheetAddress(kept));
  await new Visit(element, kept).begin(samples);
  await askToPersist(navigator.storage);
  if (!navigator.serviceWorker) await settled().then(bringTheRest);
}

/** What few minutes of a visit need, and the phone's worker keeps where there is one. */
const bringTheRest = () => Promise.all([import("./finish-part.mjs"), import("../components/stopwatch.mjs")]);
