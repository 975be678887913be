/**
 * Draw a ring anew, in the way templates/components/ring.html does.
 *
 * @param {number} done  the failed among them
 * @param {number} total
 * @param {number} failed
 */
export function arcs(done, total, failed) {
  const whole = total || 1;
  const good = (100 * (done - failed)) / whole;
  return { good, bad: (100 * failed) / whole, turn: good * 3.6 - 90 };
}

/**
 * @param {Element} ring
 * @param {{ done: number, total: number, failed?: number, text?: string }} figures
 *     text: what stands inside, if it is to change
 */
export function drawRing(ring, { done, total, failed = 0, text }) {
  const { good, bad, turn } = arcs(done, total, failed);
  const [doneArc, failArc] = ring.querySelectorAll(".ring__done, .ring__fail");
  doneArc.setAttribute("stroke-dasharray", `${good.toFixed(2)} 200`);
  doneArc.toggleAttribute("hidden", good <= 0);
  failArc.setAttribute("stroke-dasharray", `${bad.toFixed(2)} 200`);
  failArc.setAttribute("transform", `rotate(${turn.toFixed(2)} 18 18)`);
  failArc.toggleAttribute("hidden", failed <= 0);
  const place = ring.querySelector(".ring__text");
  if (place && text !== undefined) place.textContent = text;
}
