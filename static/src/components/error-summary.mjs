/**
 * Bring the reader to what is missing: first to the summary, then from each line to its field.
 *
 * @param {HTMLElement} summary
 */
export default function errorSummary(summary) {
  summary.focus();
  summary.addEventListener("click", (event) => {
    const link = /** @type {Element} */ (event.target).closest("a[href^='#']");
    const place = link && document.getElementById((link.getAttribute("href") ?? "").slice(1));
    if (!place) return;
    event.preventDefault();
    open(place);
    const field = /** @type {HTMLElement} */ (firstField(place) ?? place);
    field.focus({ preventScroll: true });
    place.scrollIntoView({ block: "center" });
  });
}

/** @param {Element} place  shown, with every fold around it opened */
function open(place) {
  for (let fold = place.closest("details"); fold; fold = fold.parentElement?.closest("details") ?? null) {
    fold.open = true;
  }
}

/** @param {Element} place */
function firstField(place) {
  if (place.matches("input, select, textarea, button")) return place;
  return place.querySelector("input:checked") ?? place.querySelector("input, select, textarea");
}
