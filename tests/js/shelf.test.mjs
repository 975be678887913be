import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { openDB } from "idb";

import { Shelf, ShelfFull } from "../../static/src/offline/shelf.mjs";

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

const VISIT = { key: "one", state: "draft" };

test("what is put on the shelf is there for the next page", async () => {
  await new Shelf().put("visits", VISIT);

  const next = new Shelf();

  assert.deepEqual(await next.get("visits", "one"), VISIT);
  assert.equal(next.isLasting, true);
});

test("rows that are counted come back in the order in which they were put", async () => {
  const shelf = new Shelf();

  for (const body of ["first", "second", "third"]) await shelf.put("parcels", { body });

  assert.deepEqual((await shelf.all("parcels")).map(({ body }) => body), ["first", "second", "third"]);
});

test("a connection that the system closed is opened anew, and the work is done", async () => {
  await new Shelf().put("visits", VISIT);
  const opened = [];
  const shelf = new Shelf(async () => opened[opened.push(await openDB("firesafe")) - 1]);
  await shelf.get("visits", "one");

  opened[0].close();
  await shelf.put("notes", "here", "phone");

  assert.equal(opened.length, 2);
  assert.equal(await shelf.get("notes", "phone"), "here");
  assert.deepEqual(await shelf.get("visits", "one"), VISIT);
});

test("nobody waits until a look has ended, as it does for what is put there", async () => {
  await new Shelf().put("visits", VISIT);
  const base = await openDB("firesafe");
  const never = new Promise(() => undefined);
  const endless = (...args) => {
    const real = base.transaction(...args);
    return { done: never, abort: () => real.abort(), objectStore: (name) => real.objectStore(name) };
  };
  const shelf = new Shelf(async () => ({ transaction: endless, close: () => base.close() }));

  const put = shelf.put("visits", { ...VISIT, key: "two" }).then(() => "ended");
  const seen = await shelf.get("visits", "one");

  assert.deepEqual(seen, VISIT);
  assert.equal(await Promise.race([put, Promise.resolve("under way")]), "under way");
});

test("what was begun and not ended leaves nothing behind", async () => {
  const shelf = new Shelf();

  const work = shelf.within(["visits", "notes"], "readwrite", async (transaction) => {
    await transaction.objectStore("visits").put(VISIT);
    await transaction.objectStore("notes").put(() => "no browser can keep this", "phone");
  });

  await assert.rejects(work);
  assert.deepEqual(await shelf.all("visits"), []);
});

test("a browser that keeps nothing keeps it as long as the page lives, and says so", async () => {
  globalThis.indexedDB = { open: () => { throw new DOMException("private window", "SecurityError"); } };
  const shelf = new Shelf();

  await shelf.put("visits", VISIT);
  await shelf.put("parcels", { body: "first" });

  assert.deepEqual(await shelf.get("visits", "one"), VISIT);
  assert.deepEqual(await shelf.all("parcels"), [{ body: "first", seq: 1 }]);
  assert.equal(shelf.isLasting, false);
});

/** A database whose stores have no room for anything more. */
function fullBase(base) {
  const noRoom = async () => { throw new DOMException("no room", "QuotaExceededError"); };
  const transaction = (...args) => {
    const real = base.transaction(...args);
    return { done: real.done, abort: () => real.abort(), objectStore: (name) => ({ get: (key) => real.objectStore(name).get(key), put: noRoom }) };
  };
  return { transaction, close: () => base.close() };
}

test("no room is said by its name, and what was there stays", async () => {
  await new Shelf().put("visits", VISIT);
  const shelf = new Shelf(async () => fullBase(await openDB("firesafe")));

  await assert.rejects(shelf.put("visits", { ...VISIT, state: "handed_in" }), ShelfFull);

  assert.deepEqual(await new Shelf().get("visits", "one"), VISIT);
});

test("a database that does not open again is no empty one", async () => {
  const shelf = new Shelf();
  await shelf.put("visits", VISIT);
  await shelf.close();
  globalThis.indexedDB = { open: () => { throw new DOMException("server lost", "UnknownError"); } };

  await assert.rejects(shelf.get("visits", "one"));

  assert.equal(shelf.isLasting, true);
});

test("without a database too, work that breaks down leaves nothing behind", async () => {
  globalThis.indexedDB = undefined;
  const shelf = new Shelf();

  const work = shelf.within(["visits"], "readwrite", async (transaction) => {
    await transaction.objectStore("visits").put(VISIT);
    throw new Error("broken");
  });

  await assert.rejects(work);
  assert.deepEqual(await shelf.all("visits"), []);
});
