import assert from "node:assert/strict";
import { test } from "node:test";

import { AnswerSaver, pauseAfter } from "../../static/src/inspections/answer-saver.mjs";

/** A service that answers as it is told, and remembers what it was sent. */
function service(...kinds) {
  const sent = [];
  const told = [];
  const kept = [];
  const mine = [];
  const waited = [];
  let version = 1;
  const saver = new AnswerSaver({
    send: async (code, known, changes) => {
      sent.push({ code, version: known, changes });
      const kind = kinds.shift() ?? "kept";
      if (kind === "kept") version = known + 1;
      return kind === "unreachable" || kind === "shut" ? { kind } : { kind, version };
    },
    pause: async () => {},
    tell: (code, outcome) => {
      told.push(outcome.kind);
      waited.push(saver.isWaiting);
      if (outcome.mine) mine.push(outcome.mine);
    },
    remember: (waiting) => kept.push(structuredClone(waiting)),
  });
  saver.know("A1-01", 1);
  saver.know("A1-02", 1);
  return { saver, sent, told, kept, mine, waited };
}

test("each change carries the version that the one before has made", async () => {
  const { saver, sent } = service();

  await saver.change("A1-01", { verdict: "fail" });
  await saver.change("A1-01", { seen: "boxes" });

  assert.deepEqual(sent.map((each) => each.version), [1, 2]);
});

test("what is changed while another change travels waits, and goes in one piece", async () => {
  const { saver, sent } = service();

  await Promise.all([
    saver.change("A1-01", { verdict: "fail" }),
    saver.change("A1-01", { seen: "box" }),
    saver.change("A1-01", { seen: "boxes", place: "door" }),
  ]);

  assert.deepEqual(sent.map((each) => each.changes), [{ verdict: "fail" }, { seen: "boxes", place: "door" }]);
});

test("not all is saved as long as a later change is on its way", async () => {
  const { saver, waited } = service();

  await Promise.all([saver.change("A1-01", { verdict: "fail" }), saver.change("A1-01", { seen: "box" })]);

  assert.deepEqual(waited, [true, false]);
});

test("what could not be delivered is tried again with what came later", async () => {
  const { saver, sent, told } = service("unreachable", "unreachable");

  await saver.change("A1-01", { verdict: "pass" });

  assert.equal(sent.length, 3);
  assert.deepEqual(told, ["unreachable", "unreachable", "kept"]);
});

test("what waits is remembered until it has arrived", async () => {
  const { saver, kept } = service("unreachable");

  await saver.change("A1-01", { verdict: "pass" });

  assert.deepEqual(kept[0], { "A1-01": { verdict: "pass" } });
  assert.deepEqual(kept.at(-1), {});
});

test("what is on its way is remembered while another checkpoint is changed", async () => {
  const { saver, kept } = service();

  await Promise.all([saver.change("A1-01", { verdict: "pass" }), saver.change("A1-02", { verdict: "fail" })]);

  assert.deepEqual(kept[1], { "A1-01": { verdict: "pass" }, "A1-02": { verdict: "fail" } });
  assert.deepEqual(kept.at(-1), {});
});

test("a page whose sign-in has ended keeps what it could not send, and does not try on and on", async () => {
  const { saver, sent, kept } = service("shut");

  await saver.change("A1-01", { verdict: "pass" });

  assert.equal(sent.length, 1);
  assert.deepEqual(kept.at(-1), { "A1-01": { verdict: "pass" } });
});

test("what a colleague was quicker than is handed back whole, and not sent by itself", async () => {
  const { saver, sent, mine, kept } = service("stale");

  await Promise.all([saver.change("A1-01", { seen: "box" }), saver.change("A1-01", { seen: "boxes" })]);

  assert.equal(sent.length, 1);
  assert.deepEqual(mine, [{ seen: "boxes" }]);
  assert.deepEqual(kept.at(-1), {});
});

test("a refused change is not tried again and holds nothing up", async () => {
  const { saver, sent } = service("refused");

  await saver.change("A1-01", { asked_count: -1 });
  await saver.change("A1-01", { asked_count: 5 });

  assert.deepEqual(sent.map((each) => each.changes.asked_count), [-1, 5]);
});

test("one checkpoint does not wait for another", async () => {
  const { saver, sent } = service("unreachable");

  await Promise.all([saver.change("A1-01", { verdict: "pass" }), saver.change("A1-02", { verdict: "pass" })]);

  assert.deepEqual(sent.map((each) => each.code), ["A1-01", "A1-02", "A1-01"]);
});

test("a photograph is attached in turn with the answers, at the version they have come to", async () => {
  const { saver } = service();
  const versions = [];

  await Promise.all([
    saver.change("A1-01", { verdict: "fail" }),
    saver.afterwards("A1-01", async (version) => {
      versions.push(version);
      return { kind: "kept", version: version + 1 };
    }),
  ]);

  assert.deepEqual(versions, [2]);
  assert.equal(saver.isWaiting, false);
});

test("pauses grow, and stop growing at half a minute", () => {
  assert.deepEqual([1, 2, 3, 6, 20].map(pauseAfter), [1000, 2000, 4000, 30000, 30000]);
});
