/** Say in the bar where the work is, with the mark that goes with it. */
import { say } from "../components/toast.mjs";
import { worded } from "./overview.mjs";

/** @typedef {import("./answer-saver.mjs").Outcome} Outcome */
/** @typedef {import("./answer-saver.mjs").Changes} Changes */
/** @typedef {"local" | "sending" | "received" | "refused"} Place */

/**
 * @param {Place} state
 * @returns {Node} the mark, or nothing on a page that has none
 */
export function markOf(state) {
  const pattern = document.querySelector(`template[data-state-${state}]`);
  return pattern instanceof HTMLTemplateElement ? pattern.content.cloneNode(true) : document.createTextNode("");
}

/**
 * @param {Place} state
 * @param {string} words  read politely
 */
export function note(state, words) {
  const place = document.querySelector("[data-saved-words]");
  const mark = document.querySelector("[data-saved-mark]");
  if (!place || !mark || place.textContent === words) return;
  place.textContent = words;
  mark.textContent = "";
  mark.append(markOf(state));
}

/**
 * What a colleague has written stands in the fields by now; what it replaced can be put back.
 *
 * @param {Outcome} outcome
 * @param {Record<string, string>} words
 * @param {(mine: Changes) => void} putBack
 */
export function tellOutcome({ kind, saved, sentence, mine }, words, putBack) {
  if (kind === "kept") note("received", worded(words.saved, { clock: String(saved) }));
  else if (kind === "unreachable") note("local", words.waiting);
  else if (kind === "shut") {
    note("local", words.local);
    say(String(sentence ?? ""), { word: words.reopen, undo: () => window.location.reload() });
  } else {
    note("refused", words.refused);
    say(String(sentence ?? ""), mine && { word: words.mine, undo: () => putBack(mine) });
  }
}
