/**
 * Start the behaviours that elements name, each once for each element.
 *
 * @typedef {(element: HTMLElement) => void} Behaviour  hangs its listeners on the element
 * @typedef {() => Promise<Behaviour>} Fetched          gives the behaviour, fetching it if need be
 */

/** @type {WeakMap<Element, Set<string>>} */
const started = new WeakMap();

/** @type {Record<string, Fetched>} */
let known = {};

/**
 * Remember which behaviours there are, and start those of the page.
 *
 * @param {ParentNode} root
 * @param {Record<string, Fetched>} behaviours
 */
export async function begin(root, behaviours) {
  known = behaviours;
  await start(root);
}

/**
 * Start the behaviours of `root` and of everything within it that has none yet.
 *
 * A behaviour that cannot be fetched leaves its element as it is without script,
 * and does not hold up the others.
 *
 * @param {ParentNode} root
 */
export async function start(root) {
  const elements = /** @type {HTMLElement[]} */ ([...root.querySelectorAll("[data-behaviour]")]);
  if (root instanceof HTMLElement && root.dataset.behaviour) elements.unshift(root);
  await Promise.all(elements.map(startOne));
}

/** @param {HTMLElement} element */
async function startOne(element) {
  const names = (element.dataset.behaviour ?? "").split(/\s+/).filter((name) => known[name]);
  const done = started.get(element) ?? new Set();
  started.set(element, done);
  for (const name of names) {
    if (done.has(name)) continue;
    done.add(name);
    await known[name]().then((behaviour) => behaviour(element), () => done.delete(name));
  }
}
