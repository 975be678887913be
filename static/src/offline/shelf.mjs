/**
 * The phone's own database, in which everything is kept until the service has receipted it.
 *
 * Bytes are kept as ArrayBuffers: WebKit loses Blobs. They lie apart from what is known of a
 * photograph, so that nobody who only looks at a list reads megabytes. A system short of memory
 * closes the connection under a living page; it is opened anew once, and the work done again.
 *
 * @typedef {"visits" | "photos" | "bytes" | "parcels" | "notes"} StoreName
 * @typedef {{ objectStore: (name: StoreName) => any, done: Promise<void>, abort: () => void }} Transaction
 */
import { openDB } from "idb";

import { MemoryBase } from "./memory.mjs";

const NAME = "firesafe";
const VERSION = 1;

/** @type {Record<StoreName, import("./memory.mjs").Shape>} */
const SHAPES = {
  visits: { keyPath: "key" },
  photos: { keyPath: "sha256" },
  bytes: {},
  parcels: { keyPath: "seq", isCounted: true },
  notes: {},
};

const LOST_CONNECTION = new Set(["InvalidStateError", "AbortError", "UnknownError"]);

/** There is no room left on the phone; nothing was changed. */
export class ShelfFull extends Error {}

export class Shelf {
  /** @type {Promise<any> | null} */
  #opening = null;
  #hasOpened = false;
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
   * @throws {ShelfFull}
   */
  async within(stores, mode, work) {
    try {
      return await this.#attempt(stores, mode, work);
    } catch (fault) {
      if (isFull(fault)) throw new ShelfFull();
      if (!LOST_CONNECTION.has(/** @type {Error} */ (fault).name)) throw fault;
    }
    await this.close();
    return this.#attempt(stores, mode, work).catch((fault) => {
      throw isFull(fault) ? new ShelfFull() : fault;
    });
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
   * @param {(row: any) => any} how  what the row becomes; not asked for a row that is not there
   */
  change(store, key, how) {
    return this.within([store], "readwrite", async (transaction) => {
      const row = await transaction.objectStore(store).get(key);
      if (row !== undefined) await transaction.objectStore(store).put(how(row));
    });
  }

  /**
   * @param {StoreName} store
   * @param {IDBValidKey} key
   */
  remove(store, key) {
    return this.within([store], "readwrite", (transaction) => transaction.objectStore(store).delete(key));
  }

  /** Open it before it is needed: on a cheap phone that takes as long as a script on its way. */
  open() {
    this.#base().catch(() => undefined); // told to whoever needs it
  }

  /** Let go of the connection; the next work opens it anew. */
  async close() {
    const opened = this.#opening;
    this.#opening = null;
    (await opened?.catch(() => null))?.close();
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
    try {
      const result = await work(transaction);
      if (mode === "readwrite") await transaction.done; // nothing depends on how a look ends
      return result;
    } catch (fault) {
      undo(transaction);
      throw fault;
    }
  }

  /** A browser that has kept something keeps it: only one that never could is stood in for. */
  #base() {
    this.#opening ??= this.#opened().catch((fault) => {
      if (this.#hasOpened) {
        this.#opening = null;
        throw fault;
      }
      this.isLasting = false;
      return new MemoryBase(SHAPES);
    });
    return this.#opening;
  }

  async #opened() {
    const base = await this.#open();
    this.#hasOpened = true;
    return base;
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

/** @param {Transaction} transaction  of which nothing must remain */
function undo(transaction) {
  try {
    transaction.abort();
  } catch {
    // It has ended already, whole or not at all.
  }
}

/** @param {unknown} fault */
function isFull(fault) {
  return /** @type {Error} */ (fault).name === "QuotaExceededError";
}
