/** How the time of a drill is shown, kept, and drawn as a ring. */

/**
 * @param {number} ms
 * @returns {string} seconds with one decimal, cut off: 42.3
 */
export function face(ms) {
  return (Math.floor(ms / 100) / 10).toFixed(1);
}

/** @param {number} ms */
export function kept(ms) {
  return Math.ceil(ms / 1000);
}

/**
 * @param {number} ms
 * @param {number} limit  in seconds
 * @returns {number} percent of the ring, at most 100
 */
export function share(ms, limit) {
  return Math.min(100, ms / limit / 10);
}
