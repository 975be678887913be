/**
 * The phone's own database, in which everything is kept until the service has receipted it.
 *
 * Bytes are kept as ArrayBuffers: WebKit loses Blobs. A system short of memory closes the
 * connection under a living page; it is opened anew once, and the work done again.
 *
 * @typedef {"visits" | "photos" | "parcels" | "notes"} StoreName
 * @typedef {{ objectStore: (name: StoreName) => any, done: Promise<void> }} Transaction
 */
import { openDB } from "idb";

import { MemoryBase } from "./memory.mjs";

const NAME = "firesafe";
const VERSION = 1;

/** @type {Record<StoreName, import("./memory.mjs").Shape>} */
const SHAPES = {
  visits: { keyPath: "key" },
  photos: { keyPath: "sha256" },
  parcels: { keyPath: "seq", isCounted: true },
  notes: {},
};

/** There is no room left on the phone; nothing was changed. */
export class ShelfFull extends Error {}

export class Shelf {
  /** @type {Promise<any> | null} */
  #opening = null;
  #open;
  /** Whether what is kept outlasts the page. */
  isLasting = true;

  /** @param {() => Promise<any>} [open] */
  constructor(open = openBase) {
    this.#open = open;
  }

  /**
   * Do some work in one transaction, whole or not at all.
   *
   * @template T
   * @param {StoreName[]} stores
   * @param {"readonly" | "readwrite"} mode
   * @param {(transaction: Transaction) => Promise<T>} work  may wait for the stores only, and may be done twice
   * @returns {Promise<T>}
   */
  async within(stores, mode, work) {
    try {
      return await this.#attempt(stores, mode, work);
    } catch (fault) {
      if (isFull(fault)) throw new ShelfFull();
      if (!isClosed(fault)) throw fault;
    }
    this.#opening = null;
    return this.#attempt(stores, mode, work);
  }

  /**
   * @param {StoreName} store
   * @param {IDBValidKey} key
   * @returns {Promise<any>}
   */
  get(store, key) {
    return this.within([store], "readonly", (transaction) => transaction.objectStore(store).get(key));
  }

  /**
   * @param {StoreName} store
   * @returns {Promise<any[]>} in the order of their keys
   */
  all(store) {
    return this.within([store], "readonly", (transaction) => transaction.objectStore(store).getAll());
  }

  /**
   * @param {StoreName} store
   * @param {any} row
   * @param {IDBValidKey} [key]
   */
  put(store, row, key) {
    return this.within([store], "readwrite", (transaction) => transaction.objectStore(store).put(row, key));
  }

  /**
   * @param {StoreName} store
   * @param {IDBValidKey} key
   */
  remove(store, key) {
    return this.within([store], "readwrite", (transaction) => transaction.objectStore(store).delete(key));
  }

  /** Let go of the connection, as a system short of memory does. */
  async close() {
    (await this.#opening)?.close();
  }

  /**
   * @template T
   * @param {StoreName[]} stores
   * @param {"readonly" | "readwrite"} mode
   * @param {(transaction: Transaction) => Promise<T>} work
   */
  async #attempt(stores, mode, work) {
    const transaction = (await this.#base()).transaction(stores, mode);
    transaction.done.catch(() => undefined); // told below, by whoever waits for it
    const result = await work(transaction);
    await transaction.done;
    return result;
  }

  #base() {
    this.#opening ??= this.#open().catch(() => {
      this.isLasting = false;
      return new MemoryBase(SHAPES);
    });
    return this.#opening;
  }
}

function openBase() {
  return openDB(NAME, VERSION, {
    upgrade(base) {
      for (const [name, { keyPath, isCounted }] of Object.entries(SHAPES)) {
        base.createObjectStore(name, { keyPath: keyPath ?? null, autoIncrement: isCounted === true });
      }
    },
    blocking: (_current, _wanted, event) => /** @type {IDBDatabase} */ (event.target).close(),
  });
}

/** @param {unknown} fault */
function isClosed(fault) {
  const { name = "", message = "" } = /** @type {Error} */ (fault);
  return name === "InvalidStateError" || /connection.*(lost|clos)/i.test(message);
}

/** @param {unknown} fault */
function isFull(fault) {
  return /** @type {Error} */ (fault).name === "QuotaExceededError";
}
