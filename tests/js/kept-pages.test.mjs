import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { byItem, coded } from "../../static/src/inspections/row-text.mjs";
import { rowsBeside } from "../../static/src/offline/asking.mjs";
import { forgetOthers, keepPage, keptAddresses } from "../../static/src/offline/kept-pages.mjs";

const HOME = "https://four.example";
const sheet = (version) => new Response(`<div data-edition="2026" data-rows="/visit/2026/rows/${version}">`);

/** As much of a browser's store of answers as is asked of it. */
class Store {
  kept = new Map();
  match = async (address) => this.kept.get(new URL(address, HOME).href)?.clone();
  put = async (address, answer) => void this.kept.set(new URL(address, HOME).href, answer);
  delete = async (address) => this.kept.delete(new URL(address, HOME).href);
  keys = async () => Array.from(this.kept.keys(), (url) => ({ url }));
}

beforeEach(() => {
  const pages = new Store();
  globalThis.location = { origin: HOME };
  globalThis.caches = { has: async () => true, open: async () => pages };
  globalThis.fetch = async (address) => new Response(`rows of ${address}`);
});

test("a sheet is kept with the rows it names", async () => {
  await keepPage("/visit/2026?key=1", sheet("a"));

  assert.deepEqual(await keptAddresses(), ["/visit/2026/rows/a", "/visit/2026"]);
});

test("a sheet whose rows do not come is not kept, and the one before stays", async () => {
  await keepPage("/visit/2026", sheet("a"));
  globalThis.fetch = async () => new Response("", { status: 503 });

  await assert.rejects(keepPage("/visit/2026", sheet("b")));

  const before = await (await (await caches.open("pages")).match("/visit/2026")).text();
  assert.match(before, /rows\/a/);
});

test("of rows that a newer sheet has replaced the last stay for a page that is open", async () => {
  for (const version of ["a", "b", "c"]) await keepPage("/visit/2026", sheet(version));
  await keepPage("/visit/2024", new Response('<div data-rows="/visit/2024/rows/a">'));

  const rows = (await keptAddresses()).filter(rowsBeside);
  assert.deepEqual(rows, ["/visit/2026/rows/b", "/visit/2026/rows/c", "/visit/2024/rows/a"]);
});

test("what the day no longer needs is forgotten, but no sheet and no rows", async () => {
  await keepPage("/visit/2026", sheet("a"));
  await keepPage("/factories/1", new Response("a factory"));

  await forgetOthers(["/today"]);

  assert.deepEqual(await keptAddresses(), ["/visit/2026/rows/a", "/visit/2026"]);
});

test("rows come item by item", () => {
  assert.deepEqual(Array.from(byItem("<!--A1--><p>one</p><!--K4--><p>two</p>\n")), [["A1", "<p>one</p>"], ["K4", "<p>two</p>\n"]]);
});

test("of the rows each has its own code, the head of their item none", () => {
  const text = '<form action="{code}">\n<!--A1-01--><i id="{id}">{code}</i><!--A1-02--><b name="{code}-seen" id="{id}-seen"></b></form>';

  assert.equal(coded(text), '<form action="{code}">\n<i id="a1-01">A1-01</i><b name="A1-02-seen" id="a1-02-seen"></b></form>');
});
