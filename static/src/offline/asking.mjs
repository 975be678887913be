/** What a page asks for, as the service worker sees it. */

/**
 * @param {{ method: string, mode: string, url: string }} request
 * @param {string} origin
 * @returns {"static" | "visit" | "page" | "picture" | null} null: the worker keeps out of it
 */
export function wayOf(request, origin) {
  const { origin: asked, pathname } = new URL(request.url);
  if (request.method !== "GET" || asked !== origin) return null;
  if (pathname.startsWith("/static/")) return "static";
  if (smallOf(pathname)) return "picture";
  if (request.mode !== "navigate" || isNeverKept(pathname)) return null;
  return isVisit(pathname) ? "visit" : "page";
}

/**
 * @param {string} pathname
 * @returns {boolean} whether it is the sheet of an edition
 */
export function isVisit(pathname) {
  return /^\/visit\/[^/]+$/.test(pathname);
}

/**
 * @param {string} pathname
 * @returns {string} where the rows of the same edition lie, if some lie there; or nothing
 */
export function rowsBeside(pathname) {
  return /^\/visit\/[^/]+\/rows\//.exec(pathname)?.[0] ?? "";
}

/**
 * @param {string} pathname
 * @returns {string} the number of the inspection whose draft is asked for, or nothing
 */
export function draftIn(pathname) {
  return /^\/inspections\/(\d+)\/fill$/.exec(pathname)?.[1] ?? "";
}

/**
 * @param {string} pathname
 * @returns {string | null} where the small size of a finding's photograph lies, if it is one
 */
export function smallOf(pathname) {
  const photo = /^\/findings\/\d+\/photos\/[0-9a-f]{64}\//.exec(pathname);
  return photo && `${photo[0]}320`;
}

/** @param {string} pathname */
function isNeverKept(pathname) {
  return ["/sync", "/photos", "/sign-in"].some((start) => pathname === start || pathname.startsWith(`${start}/`));
}

/**
 * Whether an answer may be kept for the next time: a whole page, not the way to signing in.
 *
 * @param {{ status: number, redirected: boolean, type: string }} answer
 */
export function isWhole(answer) {
  return answer.status === 200 && !answer.redirected && answer.type !== "opaqueredirect";
}

/**
 * The page that is open keeps its old files until it is loaded anew: the version before stays.
 *
 * @param {string[]} names  of all caches, oldest first
 * @param {string} current
 * @returns {string[]} those of versions that nothing needs any more
 */
export function outdated(names, current) {
  const others = names.filter((name) => name.startsWith("static-") && name !== current);
  return others.slice(0, -1);
}
