/** Which files of a case changed, are gone, or are new, whatever way they were handed over. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { compare } from "../../static/src/cases/comparing.mjs";

const PAGE = "00-check.html";
const LISTED = ["1/a.jpg", "1/b.jpg", "2/c.pdf"].map((path) => ({ path, bytes: 3, sha256: "abc" }));
const file = (path, text = "abc") => ({ path, file: { name: path, size: text.length, text } });
const digest = async ({ text }) => text;
const whole = (home = "") => [PAGE, ...LISTED.map(({ path }) => path)].map((path) => file(home + path));
const compared = (given, progress) => compare(LISTED, PAGE, given, digest, progress);
const GOOD = { changed: [], missing: [], added: [], good: 3 };

for (const home of ["", "case/", "downloads/case/"]) {
  test(`a whole case below "${home}" is good`, async () => {
    assert.deepEqual(await compared(whole(home)), GOOD);
  });
}

test("without the page, the folder that was chosen is the case", async () => {
  assert.deepEqual(await compared(whole("case/").slice(1)), GOOD);
});

test("files picked one by one are found by their names", async () => {
  const picked = whole().map(({ path }) => file(path.replace(/^.*\//, "")));

  assert.deepEqual(await compared(picked), GOOD);
});

test("other bytes are a change, of another length without being read", async () => {
  const given = whole().slice(2);
  given.push({ path: "1/a.jpg", file: { size: 4, get text() { throw new Error("was read"); } } });

  assert.deepEqual((await compared(given)).changed, ["1/a.jpg"]);
  assert.deepEqual((await compared([...whole().slice(2), file("1/a.jpg", "xyz")])).changed, ["1/a.jpg"]);
});

test("what cannot be read is a change", async () => {
  const given = [...whole().slice(2), { path: "1/a.jpg", file: { size: 3, get text() { throw new Error("no"); } } }];

  assert.deepEqual((await compared(given)).changed, ["1/a.jpg"]);
});

test("what is gone and what is new is named; what systems put there is not", async () => {
  const given = [...whole().slice(0, 3), file("2/new.pdf"), file("1/Thumbs.db"), file(".DS_Store")];
  const { missing, added, good } = await compared(given);

  assert.deepEqual([missing, added, good], [["2/c.pdf"], ["2/new.pdf"], 2]);
});

test("names in the decomposed form of macOS are the same names", async () => {
  const listed = [{ path: "1/\u00e9.jpg", bytes: 3, sha256: "abc" }];

  assert.equal((await compare(listed, PAGE, [file("case/1/e\u0301.jpg")], digest)).good, 1);
});

test("how far it has come is told after each file", async () => {
  const told = [];
  await compared(whole(), (done, total) => told.push(`${done}/${total}`));

  assert.deepEqual(told, ["1/3", "2/3", "3/3"]);
});
