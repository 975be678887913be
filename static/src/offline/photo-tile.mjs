/** A photograph with its state below it: on this phone, on its way, arrived, not taken. */
import { worded } from "../components/worded.mjs";

/** @typedef {"local" | "sending" | "received" | "refused"} Place */

const PLACES = /** @type {Record<string, Place>} */ ({
  local: "local", sending: "sending", received: "sending", readable: "received", refused: "refused",
});

/**
 * @param {Place} place
 * @returns {Node} its mark, or nothing on a page that has none
 */
export function markOf(place) {
  const pattern = document.querySelector(`template[data-state-${place}]`);
  return pattern instanceof HTMLTemplateElement ? pattern.content.cloneNode(true) : document.createTextNode("");
}

/**
 * @param {HTMLElement} tile
 * @param {{ state: string, percent?: number, sentence?: string }} photo
 * @param {Record<string, string>} words  one for each place
 */
export function markPhoto(tile, { state, percent, sentence }, words) {
  const place = PLACES[state] ?? "local";
  tile.className = `photo photo--${place}`;
  const bar = /** @type {HTMLProgressElement | null} */ (tile.querySelector("progress"));
  if (bar) bar.hidden = place !== "sending";
  if (bar) bar.value = percent ?? (state === "received" ? 100 : 0);
  const said = tile.querySelector("[data-state]");
  if (!said) return;
  said.textContent = "";
  said.append(markOf(place), ` ${words[place]}`);
  if (sentence) said.append(Object.assign(document.createElement("span"), { className: "photo__reason", textContent: sentence }));
}

/**
 * Where it was taken: how far from the factory only the service can tell, and says so when it
 * has arrived.
 *
 * @param {HTMLElement} tile
 * @param {Pick<import("./photos.mjs").Kept, "state" | "place" | "distance" | "isFar">} photo
 * @param {Record<string, string>} words
 */
export function tellPlace(tile, { state, place, distance, isFar }, words) {
  const line = /** @type {HTMLElement | null} */ (tile.querySelector("[data-place]"));
  if (!line) return;
  const own = place && worded(state === "readable" ? words.place : words.place_pending, { metres: Math.round(place.accuracy_m) });
  line.textContent = distance || own || words.no_place;
  line.className = `photo__place${isFar ? " photo__place--far" : ""}`;
  line.hidden = false;
}

/**
 * @param {HTMLElement} tile
 * @param {ArrayBuffer} bytes
 * @param {string} type
 */
export function showPicture(tile, bytes, type) {
  const picture = /** @type {HTMLImageElement} */ (tile.querySelector("img"));
  picture.src = URL.createObjectURL(new Blob([bytes], { type }));
  picture.addEventListener("load", () => URL.revokeObjectURL(picture.src), { once: true });
}
