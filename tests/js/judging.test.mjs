/** Rules that come as data are worked out; what they say is tested with the service's own. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { Judge } from "../../static/src/inspections/judging.mjs";

const COUNTING = {
  rules: {
    is_counted: ["at-most", "least", "asked_count"],
    needed: ["share", "asked_count", "right", "of"],
    is_right: ["at-most", "needed", "correct_count"],
  },
  gaps: [
    { name: "second", when: ["is", "verdict", "fail"] },
    { name: "first", when: ["not", "remark"] },
  ],
};
const judge = new Judge(COUNTING);
const OF_FIVE = { least: 5, right: 80, of: 100 };

test("gaps come in the order of the rules, and only those that are so", () => {
  assert.deepEqual(judge.gapsOf({ verdict: "fail", remark: "" }), ["second", "first"]);
  assert.deepEqual(judge.gapsOf({ verdict: "pass", remark: "two are new" }), []);
});

test("too few asked say nothing yet; enough decide", () => {
  assert.equal(judge.outcomeOf({ ...OF_FIVE, asked_count: 5, correct_count: null }), "");
  assert.equal(judge.outcomeOf({ ...OF_FIVE, asked_count: null, correct_count: 0 }), "");
  assert.equal(judge.outcomeOf({ ...OF_FIVE, asked_count: 4, correct_count: 4 }), "more");
  assert.equal(judge.outcomeOf({ ...OF_FIVE, asked_count: 5, correct_count: 4 }), "pass");
  assert.equal(judge.outcomeOf({ ...OF_FIVE, asked_count: 5, correct_count: 3 }), "fail");
});

test("zero is known, absent is not; an absent number counts as zero", () => {
  assert.equal(judge.value(["known", "seconds"], { seconds: 0 }), true);
  assert.equal(judge.value(["known", "seconds"], { seconds: null }), false);
  assert.equal(judge.value(["at-most", 1, "seconds"], { seconds: null }), false);
});

test("only what was made is counted", () => {
  assert.equal(judge.value(["made", "steps"], { steps: [0, null, 7] }), 2);
  assert.equal(judge.value(["made", "steps"], { steps: null }), 0);
});

test("an outcome that stands is not worked out further", () => {
  assert.equal(judge.value(["any", "yes", ["share", 1, "nothing", 0]], { yes: true }), true);
  assert.equal(judge.value(["all", "no", ["share", 1, "nothing", 0]], { no: false }), false);
});
