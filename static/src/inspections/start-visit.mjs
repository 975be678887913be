/** Begin a visit on the phone, with signal or without. */
import { start } from "../components/start.mjs";
import { say } from "../components/toast.mjs";
import { wordsIn } from "../components/worded.mjs";
import { shelf } from "../offline/desk.mjs";
import { makeKey } from "../offline/keys.mjs";
import { begun, sheetAddress } from "../offline/visits.mjs";
import { orFull } from "./keeper.mjs";
import { stepFor } from "./kept.mjs";

/** @param {HTMLElement} element  the empty sheet */
export default async function startVisit(element) {
  const part = /** @type {HTMLElement} */ (document.querySelector("[data-start-part]"));
  const words = wordsIn(element, "[data-visit-words]");
  const id = Number(new URLSearchParams(window.location.search).get("factory"));
  const bundle = await shelf.get("notes", "bundle");
  const factory = (bundle?.factories ?? []).find((/** @type {any} */ each) => each.id === id);
  element.hidden = true;
  for (const other of document.querySelectorAll("[data-checklist-only]")) /** @type {HTMLElement} */ (other).hidden = true;
  if (!factory) return say(words.unknown_factory);
  for (const place of document.querySelectorAll("[data-factory-name]")) place.textContent = factory.name;
  part.hidden = false;
  start(part);
  const form = /** @type {HTMLFormElement} */ (part.querySelector("form"));
  const workers = /** @type {HTMLInputElement} */ (form.elements.namedItem("workers_on_shift"));
  if (factory.workers_on_shift) workers.value = String(factory.workers_on_shift);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    form.noValidate = false;
    if (form.reportValidity()) begin(element, form, factory);
  });
  element.dataset.ready = "";
}

/**
 * @param {HTMLElement} element
 * @param {HTMLFormElement} form
 * @param {any} factory
 */
async function begin(element, form, factory) {
  const field = (/** @type {string} */ name) => /** @type {HTMLInputElement & HTMLSelectElement} */ (form.elements.namedItem(name));
  const second = field("second_id");
  const workers = Number(field("workers_on_shift").value);
  const codes = wordsIn(element, "[data-points]").map((/** @type {import("./points.mjs").Point} */ { code }) => code);
  const key = makeKey();
  const beginning = {
    key,
    officer: Number(element.dataset.officer),
    edition: element.dataset.edition ?? "",
    factory: { id: factory.id, name: factory.name },
    kind: field("kind").value,
    second: second.value ? { id: Number(second.value), name: second.selectedOptions[0].text } : null,
    workers,
    cardsShown: field("cards_shown").checked,
    openedAt: new Date().toISOString(),
  };
  const blank = JSON.parse(element.dataset.blank ?? "{}");
  const visit = begun(beginning, blank, codes, stepFor(factory.not_applicable, workers)?.codes ?? {});
  if (!(await orFull(shelf.put("visits", visit)))) return say(wordsIn(element, "[data-visit-words]").full);
  window.location.replace(sheetAddress(visit));
}
