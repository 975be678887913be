/** Fetch something to keep it: to its end, and not for ever. */
import { isWhole } from "./asking.mjs";

const PATIENCE_MS = 30_000;

/**
 * @param {string} address
 * @param {string} type
 * @returns {Promise<{ isWhole: boolean, status: number, page: Response } | null>} null where it did
 *   not come to its end in good time
 */
export async function fetched(address, type) {
  const patience = new AbortController();
  const timer = globalThis.setTimeout(() => patience.abort(), PATIENCE_MS);
  const how = /** @type {const} */ ({ headers: { Accept: type }, redirect: "manual", signal: patience.signal });
  try {
    const answer = await fetch(address, how);
    const page = new Response(await answer.arrayBuffer(), { headers: answer.headers });
    return { isWhole: isWhole(answer), status: answer.status, page };
  } catch {
    return null;
  } finally {
    globalThis.clearTimeout(timer);
  }
}
