/**
 * Stands in for the phone's database where a browser keeps none, such as in some private
 * windows: the same few calls, and all is gone with the page.
 *
 * @typedef {{ keyPath?: string, isCounted?: boolean }} Shape
 */

class MemoryStore {
  /** @type {Map<IDBValidKey, any>} */
  rows = new Map();
  #last = 0;

  /** @param {Shape} shape */
  constructor(shape) {
    this.shape = shape;
  }

  /** @param {IDBValidKey} key */
  async get(key) {
    return this.rows.get(key);
  }

  async getAll() {
    return [...this.rows.values()];
  }

  async getAllKeys() {
    return [...this.rows.keys()];
  }

  /**
   * @param {any} row
   * @param {IDBValidKey} [key]
   */
  async put(row, key) {
    const { keyPath, isCounted } = this.shape;
    if (keyPath && isCounted && row[keyPath] === undefined) row[keyPath] = this.#last += 1;
    const name = keyPath ? row[keyPath] : key;
    this.rows.set(name, row);
    return name;
  }

  /** @param {IDBValidKey} key */
  async delete(key) {
    this.rows.delete(key);
  }
}

export class MemoryBase {
  /** @type {Map<string, MemoryStore>} */
  #stores;

  /** @param {Record<string, Shape>} shapes */
  constructor(shapes) {
    this.#stores = new Map(Object.entries(shapes).map(([name, shape]) => [name, new MemoryStore(shape)]));
  }

  transaction() {
    const before = [...this.#stores.values()].map((store) => ({ store, rows: new Map(store.rows) }));
    return {
      done: Promise.resolve(),
      objectStore: (/** @type {string} */ name) => this.#stores.get(name),
      abort: () => before.forEach(({ store, rows }) => Object.assign(store, { rows })),
    };
  }

  close() {}
}
