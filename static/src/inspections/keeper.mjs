/** Keeps the answers of a visit on the phone, and knows which of them there was no room for. */
import { changeVisit } from "../offline/desk.mjs";
import { ShelfFull } from "../offline/shelf.mjs";
import { answered } from "../offline/visits.mjs";

/** @typedef {import("../offline/visits.mjs").Visit} Kept */
/** @typedef {import("../offline/visits.mjs").Entry} Entry */

export class Keeper {
  /** @type {Map<string, Entry>} */
  #unkept = new Map();

  /** @param {string} key  of the visit */
  constructor(key) {
    this.key = key;
  }

  /** Whether all that stands on the page is kept. */
  get isWhole() {
    return this.#unkept.size === 0;
  }

  /**
   * Keep a change, and with it what there was no room for before.
   *
   * @param {string} code
   * @param {Entry} changes
   * @returns {Promise<Kept | null>} null where there is no room
   */
  async keep(code, changes) {
    const before = new Map(this.#unkept);
    const all = new Map(before).set(code, { ...before.get(code), ...changes });
    const at = new Date().toISOString();
    const kept = await orFull(changeVisit(this.key, (visit) => Array.from(all).reduce((so, [each, entry]) => answered(so, each, entry, at), visit)));
    if (!kept) this.#unkept.set(code, { ...this.#unkept.get(code), ...changes });
    else for (const [each, entry] of before) if (this.#unkept.get(each) === entry) this.#unkept.delete(each);
    return kept;
  }
}

/**
 * @template T
 * @param {Promise<T>} work  on the shelf
 * @returns {Promise<T | null>} null where there is no room; nothing was changed then
 */
export function orFull(work) {
  return work.catch((fault) => {
    if (fault instanceof ShelfFull) return null;
    throw fault;
  });
}
