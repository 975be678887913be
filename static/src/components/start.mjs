/**
 * Start the behaviours that elements name, each once for each element.
 *
 * @typedef {(element: HTMLElement) => void} Behaviour  hangs its listeners on the element
 * @typedef {() => Promise<{ default?: Behaviour }>} Fetched  brings a behaviour in, or a file that offers several
 */

/** @type {WeakMap<Element, Set<string>>} */
const started = new WeakMap();

/** @type {Record<string, Behaviour>} */
const present = {};

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
  offer(atHand);
  absent = toFetch;
  await start(root);
}

/**
 * Say of more behaviours that they are there.
 *
 * @param {Record<string, Behaviour>} behaviours
 */
export function offer(behaviours) {
  Object.assign(present, behaviours);
}

/**
 * Start the behaviours of everything within `root`, and of `root` itself, that has not begun.
 *
 * A behaviour that cannot be fetched leaves its element as it is without script and does
 * not hold up the others; the next start tries again. What stands in a part that is hidden and
 * marked data-when-shown waits until that part is shown, and is then started with it.
 *
 * @param {ParentNode} root
 */
export async function start(root) {
  const elements = /** @type {HTMLElement[]} */ (Array.from(root.querySelectorAll("[data-behaviour]")));
  if (root instanceof HTMLElement && root.dataset.behaviour) elements.unshift(root);
  const seen = elements.filter((element) => !element.closest("[data-when-shown][hidden]"));
  await Promise.all(seen.flatMap((element) => names(element).map((name) => startOne(element, name))));
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
  const fetched = present[name] ? null : await absent[name]().catch(() => null);
  const behaviour = present[name] ?? fetched?.default;
  if (behaviour) behaviour(element);
  else begun.delete(name);
}
