/** Say in the bar where the work is, with the mark that goes with it. */
import { worded } from "../components/worded.mjs";
import { parcelsOf } from "../offline/deeds.mjs";
import { shelf } from "../offline/desk.mjs";
import { markOf } from "../offline/photo-tile.mjs";

/**
 * @param {import("../offline/photo-tile.mjs").Place} state
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
 * Say where a visit is: on this phone, or delivered whole. Only what was read back from the shelf
 * is called kept.
 *
 * @param {import("../offline/visits.mjs").Visit} visit
 * @param {Record<string, string>} words
 */
export async function tellWhere(visit, words) {
  const parcels = await shelf.all("parcels");
  const waits = parcelsOf(visit).length > 0 || parcels.some((parcel) => parcel.visit === visit.key);
  const clock = clockOf(new Date(visit.changedAt));
  if (!waits) note("received", worded(words.saved, { clock }));
  else if (shelf.isLasting) note("local", worded(words.kept, { clock }));
  else note("refused", words.unkept);
}

/** @param {Date} at */
function clockOf(at) {
  return [at.getHours(), at.getMinutes()].map((part) => String(part).padStart(2, "0")).join(":");
}
