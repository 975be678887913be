/** The look at the shelf that a phone begins while the empty sheet is still being read. */
import { isVisit } from "../offline/asking.mjs";
import { shelf } from "../offline/own-shelf.mjs";

/** @typedef {{ own: import("../offline/visits.mjs").Visit | undefined, bundle: any }} Seen  what stands there */

/** @type {{ key: string, seen: Promise<Seen> } | null} */
let ahead = null;

/**
 * Begin to look, where the address says whose sheet it is to be.
 *
 * @param {{ pathname: string, search: string }} address
 */
export function lookAhead({ pathname, search }) {
  const key = isVisit(pathname) && new URLSearchParams(search).get("key");
  if (!key) return;
  ahead = { key, seen: seenOf(key) };
  ahead.seen.catch(() => undefined); // told to whoever asks for it
}

/**
 * @param {string} key  of a visit
 * @returns {Promise<Seen>} as it stood when the page began, for whoever asks first
 */
export function seen(key) {
  const begun = ahead;
  ahead = null;
  return begun?.key === key ? begun.seen : seenOf(key);
}

/**
 * @param {string} key
 * @returns {Promise<Seen>}
 */
function seenOf(key) {
  return shelf.within(["visits", "notes"], "readonly", async (transaction) => {
    const [own, bundle] = await Promise.all([transaction.objectStore("visits").get(key), transaction.objectStore("notes").get("bundle")]);
    return { own, bundle };
  });
}
