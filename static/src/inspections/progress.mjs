/** How far the checklist has come, and what comes next. */

/** @typedef {{ code: string, verdict: string }} Point   in the order of the standard */
/** @typedef {{ done: number, total: number, failed: number }} Figures */

/**
 * @param {Point[]} points
 * @returns {Figures}
 */
export function figuresOf(points) {
  return {
    done: points.filter((point) => point.verdict).length,
    total: points.length,
    failed: points.filter((point) => point.verdict === "fail").length,
  };
}

/**
 * @param {string} code
 * @returns {{ item: string, group: string }} A3-02 belongs to A3 and to A
 */
export function placeOf(code) {
  return { item: code.slice(0, 2), group: code.slice(0, 1) };
}

/**
 * @param {Point[]} points
 * @param {string} after  the code answered last, or empty
 * @returns {string} the next code without a verdict, from the beginning again after the end; or empty
 */
export function nextOpen(points, after) {
  const from = points.findIndex((point) => point.code === after) + 1;
  const inOrder = [...points.slice(from), ...points.slice(0, from)];
  return inOrder.find((point) => !point.verdict)?.code ?? "";
}
