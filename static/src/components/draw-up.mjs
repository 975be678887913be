/**
 * Draw up what waits as the text for browsers without script: a part that nobody looks at yet costs
 * a cheap phone less that way.
 *
 * @param {Element | null} place
 * @returns {boolean} whether something waited there until now
 */
export function drawUp(place) {
  const waiting = place?.querySelector("noscript");
  if (!waiting) return false;
  const pattern = document.createElement("template");
  pattern.innerHTML = waiting.textContent ?? "";
  waiting.replaceWith(pattern.content);
  return true;
}
