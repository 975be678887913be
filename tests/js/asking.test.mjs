import assert from "node:assert/strict";
import { test } from "node:test";

import { draftIn, isWhole, outdated, smallOf, wayOf } from "../../static/src/offline/asking.mjs";

const HOME = "https://four.example";
const ask = (address, { method = "GET", mode = "navigate" } = {}) => wayOf({ method, mode, url: new URL(address, HOME).href }, HOME);

test("what changes something, comes from elsewhere or must be fresh is left alone", () => {
  assert.equal(ask("/today", { method: "POST" }), null);
  assert.equal(ask("https://other.example/static/main.css"), null);
  assert.equal(ask("/sync/bundle"), null);
  assert.equal(ask("/photos/abc"), null);
  assert.equal(ask("/sign-in"), null);
  assert.equal(ask("/today", { mode: "cors" }), null);
});

test("files, visits and pages go three ways", () => {
  assert.equal(ask("/static/main-1.css", { mode: "no-cors" }), "static");
  assert.equal(ask("/visit/2026?key=1"), "visit");
  assert.equal(ask("/visits"), "page");
  assert.equal(ask("/visit/2026/rows/abc", { mode: "cors" }), null);
});

test("a redirected or failed answer is not kept", () => {
  assert.equal(isWhole({ status: 200, redirected: false, type: "basic" }), true);
  assert.equal(isWhole({ status: 200, redirected: true, type: "basic" }), false);
  assert.equal(isWhole({ status: 0, redirected: false, type: "opaqueredirect" }), false);
  assert.equal(isWhole({ status: 404, redirected: false, type: "basic" }), false);
});

test("the files of the version before stay for pages that are still open", () => {
  assert.deepEqual(outdated(["static-a", "pages", "static-b", "static-c"], "static-c"), ["static-a"]);
});

test("the page of a draft is known by its address, and nothing else is taken for one", () => {
  assert.equal(draftIn("/inspections/12/fill"), "12");
  assert.equal(draftIn("/inspections/12"), "");
  assert.equal(draftIn("/factories/12"), "");
});

test("a finding's photograph is shown small where there is no signal", () => {
  const address = `/findings/12/photos/${"a".repeat(64)}`;
  const asked = (path) => ask(path, { mode: "no-cors" });

  assert.equal(asked(`${address}/800`), "picture");
  assert.equal(smallOf(`${address}/800`), `${address}/320`);
  assert.equal(asked("/findings/12/photos/../../secret"), null);
  assert.equal(asked(`/my-factory${address}/800`), null);
});
