/** What the banner says about where the work is; it says one thing, the most pressing. */

/** @typedef {import("./waiting.mjs").Waiting} Waiting */
/** @typedef {"refused" | "signed-out" | "sending" | "local" | "arriving" | "delivered"} Banner */

/**
 * @param {Waiting} waiting
 * @param {object} sending
 * @param {boolean} sending.isAtWork
 * @param {boolean} sending.isSignedOut  the officer must sign in before more can go
 * @param {string | undefined} sending.sentAt  when something last arrived
 * @param {Date} now
 * @returns {Banner | null} null when nothing waits, and nothing arrived today
 */
export function bannerFor({ visits, photos, refused, arriving }, { isAtWork, isSignedOut, sentAt }, now) {
  if (refused) return "refused";
  if (visits + photos > 0) return isSignedOut ? "signed-out" : isAtWork ? "sending" : "local";
  if (arriving) return "arriving";
  return sentAt !== undefined && new Date(sentAt).toDateString() === now.toDateString() ? "delivered" : null;
}

/**
 * How much of what waited when sending began has arrived.
 *
 * @param {number} most  so much waited at most since then
 * @param {Waiting} waiting
 * @returns {{ most: number, done: number, total: number }}
 */
export function progressOf(most, { visits, photos }) {
  const left = visits + photos;
  const total = Math.max(most, left);
  return { most: total, done: total - left, total };
}

/**
 * @param {Waiting} waiting
 * @returns {"both" | "visits" | "photos"} which words fit what waits
 */
export function kindOfWaiting({ visits, photos }) {
  if (visits && photos) return "both";
  return visits ? "visits" : "photos";
}
