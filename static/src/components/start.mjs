/**
 * Start the behaviours that elements name, each once for each element.
 *
 * @typedef {(element: HTMLElement) => void} Behaviour  hangs its listeners on the element
 * @typedef {() => Promise<{ default: Behaviour }>} Fetched  brings a behaviour in when it is asked for
 */

/** @type {WeakMap<Element, Set<string>>} */
const started = new WeakMap();

/** @type {Record<string, Behaviour>} */
let present = {};

/** @type {Record<string, Fetched>} */
let absent = {};

/**
 * Say which behaviours there are, and start those of the page.
 *
 * @param {ParentNode} root
 * @param {Record<string, Behaviour>} atHand
 * @param {Record<string, Fetched>} toFetch
 */
export async function begin(root, atHand, toFetch) {
  present = atHand;
  absent = toFetch;
  await start(root);
}

/**
 * Start the behaviours of everything within `root`, and of `root` itself, that has not begun.
 *
 * A behaviour that cannot be fetched leaves its element as it is without script and does
 * not hold up the others; the next start tries again.
 *
 * @param {ParentNode} root
 */
export async function start(root) {
  const elements = /** @type {HTMLElement[]} */ (Array.from(root.querySelectorAll("[data-behaviour]")));
  if (root instanceof HTMLElement && root.dataset.behaviour) elements.unshift(root);
  await Promise.all(elements.flatMap((element) => names(element).map((name) => startOne(element, name))));
}

/** @param {HTMLElement} element */
function names(element) {
  return (element.dataset.behaviour ?? "").split(/\s+/).filter((name) => present[name] || absent[name]);
}

/**
 * @param {HTMLElement} element
 * @param {string} name
 */
async function startOne(element, name) {
  const begun = started.get(element) ?? new Set();
  if (begun.has(name)) return;
  started.set(element, begun.add(name));
  if (present[name]) {
    present[name](element);
    return;
  }
  const fetched = await absent[name]().catch(() => null);
  if (fetched) fetched.default(element);
  else begun.delete(name);
}
