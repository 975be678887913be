/** Whether the phone can be relied on for a day's work; said before the work begins, never after. */

import { ShelfFull } from "./shelf.mjs";

/** @typedef {"unkept" | "short" | "old"} Warning */

const DAY_MS = 86_400_000;
const OLDEST_MS = 3 * DAY_MS; // a browser that nobody opens throws away after seven days what it keeps
const LEAST_BYTES = 40 * 1024 * 1024; // three visits of twelve photographs take up some eleven megabytes
const VISIT_BYTES = 4 * 1024 * 1024;
const NOISE_BYTES = 65_536; // the most that comes at a time
const PROBE = "probe";

/**
 * @param {object} standing
 * @param {boolean} standing.isLasting       whether the browser keeps anything
 * @param {number | null} standing.free      bytes, or null where the browser does not tell
 * @param {string | null} standing.since     when the oldest of what is unsent was entered
 * @param {Date} now
 * @returns {Warning | null}
 */
export function warningFor({ isLasting, free, since }, now) {
  if (!isLasting) return "unkept";
  if (free !== null && free < LEAST_BYTES) return "short";
  return since !== null && now.getTime() - Date.parse(since) > OLDEST_MS ? "old" : null;
}

/**
 * @param {Pick<StorageManager, "estimate"> | undefined} storage  not there before Safari 17
 * @returns {Promise<number | null>} bytes that may still be kept, or null where nobody knows
 */
export async function freeBytes(storage) {
  const { quota, usage } = (await storage?.estimate?.()) ?? {};
  return quota === undefined ? null : Math.max(0, quota - (usage ?? 0));
}

/**
 * Try whether a visit's photographs would find room. Chromium has ceased to tell how much there
 * is, so that pages cannot learn about the phone by it.
 *
 * @param {import("./shelf.mjs").Shelf} shelf
 * @param {number} [size]  bytes
 */
export async function hasRoom(shelf, size = VISIT_BYTES) {
  const load = new Uint8Array(size); // of noise: zeroes would be packed to nothing
  for (let from = 0; from < size; from += NOISE_BYTES) crypto.getRandomValues(load.subarray(from, from + NOISE_BYTES));
  try {
    await shelf.put("notes", load.buffer, PROBE);
    return true;
  } catch (fault) {
    if (fault instanceof ShelfFull) return false;
    throw fault;
  } finally {
    await shelf.remove("notes", PROBE).catch(() => undefined); // the next try takes its place
  }
}

/**
 * Ask the browser to clear nothing away by itself. Asked once there is something to keep: some
 * browsers ask the officer, and some look at how much the service is used.
 *
 * @param {Pick<StorageManager, "persist" | "persisted"> | undefined} storage
 */
export async function askToPersist(storage) {
  if (!storage?.persist || (await storage.persisted())) return;
  await storage.persist();
}
