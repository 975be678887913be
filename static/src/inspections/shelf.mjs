/** Changes that have not been delivered, kept by the browser until they are. */

/** @typedef {import("./answer-saver.mjs").Changes} Changes */

/**
 * @param {string} shelf
 * @param {Record<string, Changes>} waiting  by the code of the checkpoint
 */
export function remember(shelf, waiting) {
  try {
    if (Object.keys(waiting).length) window.localStorage.setItem(shelf, JSON.stringify(waiting));
    else window.localStorage.removeItem(shelf);
  } catch {
    // A browser that keeps nothing still delivers while the page stays open.
  }
}

/**
 * @param {string} shelf
 * @returns {Record<string, Changes>}
 */
export function remembered(shelf) {
  try {
    return JSON.parse(window.localStorage.getItem(shelf) ?? "{}");
  } catch {
    return {};
  }
}
