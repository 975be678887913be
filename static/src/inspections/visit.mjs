/**
 * The visit page with script: one item at a time, every change kept on the phone at once and sent
 * when there is signal. Without this file the page is one long form per item.
 */
import { say } from "../components/toast.mjs";
import { wordsIn } from "../components/worded.mjs";
import { askToPersist } from "../offline/storage.mjs";
import { Visit } from "./filling.mjs";
import { visitOf } from "./kept.mjs";

/** @param {HTMLElement} element */
export default async function visit(element) {
  const officer = Number(element.dataset.officer);
  const state = JSON.parse(element.querySelector("[data-visit-state]")?.textContent ?? "null");
  const blank = JSON.parse(element.dataset.blank ?? "{}");
  for (const answer of Object.values(state?.answers ?? {})) answer.entry = { ...blank, ...answer.entry };
  const key = state?.key ?? new URLSearchParams(window.location.search).get("key");
  if (!key) return (await import("./start-visit.mjs")).default(element);
  const kept = await visitOf(key, state, officer);
  if (!kept) return say(wordsIn(element, "[data-visit-words]").unknown);
  if (kept.state !== "draft") return window.location.replace(kept.inspectionId ? `/inspections/${kept.inspectionId}` : "/today");
  await new Visit(element, kept).begin();
  await askToPersist(navigator.storage);
}
