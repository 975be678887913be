/** What a scanned code or a written number says about a factory. */

/** @typedef {{ id: number, door_code: string, point_number?: string | null }} Known */

const DOOR = /^\/doors\/([\w-]+)\/?$/;

/**
 * @param {string} text  what was scanned
 * @param {string[]} origins  under which this service is known: where the page came from, and what is printed
 * @returns {string} the door code, or nothing if it is another code
 */
export function doorCodeIn(text, origins) {
  try {
    const { origin, pathname } = new URL(text.trim());
    return origins.includes(origin) ? (DOOR.exec(pathname)?.[1] ?? "") : "";
  } catch {
    return ""; // not an address at all
  }
}

/**
 * @param {string} written  a door code, the address of one, or a point number
 * @param {Known[]} factories  that the phone holds for the day
 * @returns {Known | undefined} the only one that is meant
 */
export function knownBy(written, factories) {
  const name = (written.trim().split("/doors/").pop() ?? "").replace(/\/$/, "");
  if (!name) return undefined;
  const numbers = [name, name.toUpperCase()];
  const meant = factories.filter((one) => one.door_code === name || numbers.includes(one.point_number ?? ""));
  return meant.length === 1 ? meant[0] : undefined;
}
