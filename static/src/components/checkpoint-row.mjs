/**
 * Keep a checkpoint's heading true to its verdict, and settle the rows that were answered
 * before when the next one is. Nothing moves under the thumb: what a row above gives up in
 * height is taken out of the scroll position, and where there is none to take, near the top
 * of the page, the row waits for a later answer. A failure stays open: it has more to fill in.
 */

/** @type {Set<HTMLDetailsElement>} rows answered and not yet settled */
const answered = new Set();

/** @param {HTMLElement} element  a details */
export default function checkpointRow(element) {
  const row = /** @type {HTMLDetailsElement} */ (element);
  row.addEventListener("change", (event) => {
    const radio = /** @type {HTMLInputElement} */ (event.target);
    if (!radio.matches(".verdict__input")) return;
    tell(row, radio);
    for (const before of answered) if (before !== row && before.dataset.verdict !== "fail") settle(before, row);
    answered.add(row);
  });
}

/**
 * Show a verdict in the row's heading, drawn as its label is.
 *
 * @param {HTMLElement} row
 * @param {HTMLInputElement} radio  the chosen one
 */
export function tell(row, radio) {
  row.dataset.verdict = radio.value;
  const label = row.querySelector(`label[for="${radio.id}"]`);
  const place = row.querySelector("[data-settled]");
  if (!label || !place) return;
  const word = document.createElement("span");
  const kind = /verdict__input--(\w+)/.exec(radio.className)?.[1];
  word.className = `settled settled--${kind}`;
  for (const part of label.childNodes) word.append(part.cloneNode(true));
  word.querySelector(".icon")?.classList.add("icon--s");
  place.textContent = "";
  place.append(word);
}

/**
 * @param {HTMLDetailsElement} row  that is left
 * @param {Element} anchor  that must not move
 */
function settle(row, anchor) {
  const top = anchor.getBoundingClientRect().top;
  const moved = () => anchor.getBoundingClientRect().top - top;
  row.open = false;
  window.scrollBy(0, moved());
  if (Math.abs(moved()) <= 1) {
    answered.delete(row);
    return;
  }
  row.open = true;
  window.scrollBy(0, moved());
}
