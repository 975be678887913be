import assert from "node:assert/strict";
import { test } from "node:test";

import { cleaned, parcelsOf } from "../../static/src/offline/deeds.mjs";
import { answered, begun, handedIn, known, merged, refused, signed, unsignedRoles, withPhoto } from "../../static/src/offline/visits.mjs";

const AT = "2026-11-26T01:00:00Z";
const BLANK = { verdict: null, seen: "" };
const SHA = "a".repeat(64);
const PHOTO = { sha256: SHA, code: "A1-01", moment: "found" };
const START = {
  key: "key-1", officer: 3, edition: "2026", factory: { id: 12, name: "Plush" }, kind: "planned",
  second: { id: 4, name: "Li" }, workers: 46, cardsShown: true, openedAt: AT,
};

const freshVisit = () => begun(START, BLANK, ["A1-01", "A1-02"], { "A1-02": "There is no such place" });
const deedsOf = (visit) => parcelsOf(visit).flatMap(({ deeds }) => deeds);
const named = (visit) => deedsOf(visit).map(({ deed }) => deed);

test("a visit that begins on the phone is told to the service with what does not apply there", () => {
  const deeds = deedsOf(freshVisit());

  assert.deepEqual(deeds.map(({ deed, code }) => [deed, code]), [["open", undefined], ["answer", "A1-02"]]);
  assert.equal(deeds[0].factory_id, 12);
  assert.equal(deeds[0].workers_on_shift, 46);
  assert.deepEqual(deeds[1].entry, { ...BLANK, verdict: "na", not_applicable_reason: "There is no such place" });
});

test("a change changes a copy; what the service has is never sent again", () => {
  const before = cleaned(freshVisit());

  const after = answered(before, "A1-01", { verdict: "fail" }, AT);

  assert.equal(before.answers["A1-01"].entry.verdict, null);
  assert.deepEqual(deedsOf(before), []);
  assert.deepEqual(deedsOf(after), [{ deed: "answer", code: "A1-01", entry: { verdict: "fail", seen: "" }, clock: 2, seen: 1 }]);
});

test("each change moves the clock of its checkpoint on", () => {
  const visit = answered(answered(freshVisit(), "A1-01", { verdict: "fail" }, AT), "A1-01", { seen: "boxes" }, AT);

  assert.equal(visit.answers["A1-01"].clock, 3);
  assert.deepEqual(visit.answers["A1-01"].entry, { verdict: "fail", seen: "boxes" });
});

test("deeds stand in the order in which they can be done", () => {
  let visit = answered(freshVisit(), "A1-01", { verdict: "fail" }, AT);
  visit = withPhoto(visit, PHOTO, "attach", AT);
  visit = signed(visit, "lead", { name: "", picture: "AAAA", at: AT });
  visit = handedIn(refused(visit, { reason: "in a hurry", witness: "Wang", at: AT }), "nothing to add", AT);

  assert.deepEqual(named(visit), ["open", "answer", "answer", "attach", "sign", "refuse", "hand_in"]);
  assert.deepEqual(deedsOf(visit).pop().photos, [SHA]);
  assert.deepEqual(parcelsOf(visit).map(({ isHandIn }) => isHandIn), [false, true]);
});

test("signing goes by itself, so that answers arrive even where it is refused", () => {
  const visit = signed(freshVisit(), "lead", { name: "", picture: "AAAA", at: AT });

  assert.deepEqual(parcelsOf(visit).map(({ deeds }) => deeds[0].deed), ["open", "sign"]);
});

test("a change after signing takes the signatures away", () => {
  const visit = signed(freshVisit(), "lead", { name: "", picture: "AAAA", at: AT });

  const changed = answered(visit, "A1-01", { verdict: "pass" }, AT);

  assert.deepEqual(unsignedRoles(visit), ["second", "factory"]);
  assert.deepEqual(unsignedRoles(changed), ["lead", "second", "factory"]);
});

test("a factory that refused has a say, and may sign after all", () => {
  const unwilling = refused(freshVisit(), { reason: "in a hurry", witness: "Wang", at: AT });

  const willing = signed(unwilling, "factory", { name: "Zhao", picture: "AAAA", at: AT });

  assert.deepEqual(unsignedRoles(unwilling), ["lead", "second"]);
  assert.equal(willing.refusal, undefined);
  assert.deepEqual(unsignedRoles(willing), ["lead", "second"]);
});

test("what a colleague wrote is taken over, except where this phone has something unsent", () => {
  const visit = answered(cleaned(freshVisit()), "A1-01", { seen: "mine" }, AT);
  const told = { inspection_id: 9, answers: { "A1-01": { version: 7, entry: { seen: "theirs" } }, "A1-02": { version: 3, entry: { seen: "theirs" } } } };

  const after = merged(visit, told);

  assert.equal(after.answers["A1-01"].entry.seen, "mine");
  assert.equal(after.answers["A1-01"].clock, 8);
  assert.equal(after.answers["A1-01"].seen, 7);
  assert.deepEqual(after.answers["A1-02"], { entry: { seen: "theirs" }, clock: 3, seen: 3 });
});

test("a page that is older than what was sent since does not turn the visit back", () => {
  const sent = cleaned(answered(answered(freshVisit(), "A1-01", { seen: "one" }, AT), "A1-01", { seen: "two" }, AT));

  const after = merged(sent, { inspection_id: 9, answers: { "A1-01": { version: 2, entry: { seen: "one" } } } });

  assert.equal(after.answers["A1-01"].entry.seen, "two");
});

test("a draft that the service knows is taken up with its answers and photographs", () => {
  const told = {
    key: "key-2", inspection_id: 9, edition: "2026", factory: { id: 1, name: "Toys" }, kind: "planned", second: null,
    workers_on_shift: 5, cards_shown: false, opened_at: AT, signed: ["lead"],
    answers: { "A1-01": { version: 4, entry: { verdict: "pass" } } }, photos: [{ ...PHOTO, state: "readable" }],
  };

  const visit = known(told, 3);

  assert.equal(visit.officer, 3);
  assert.deepEqual(deedsOf(visit), []);
  assert.deepEqual(unsignedRoles(visit), ["second", "factory"]);
  assert.equal(visit.photos[0].deed, "attach");
});

test("a photograph taken in and out again is told as both, the last word last", () => {
  const out = withPhoto(withPhoto(cleaned(freshVisit()), PHOTO, "attach", AT), PHOTO, "detach", AT);

  assert.deepEqual(named(out), ["detach"]);
});

test("many answers go in several parcels", () => {
  const codes = Array.from({ length: 310 }, (_, place) => `A1-${place}`);
  const reasons = Object.fromEntries(codes.map((code) => [code, "No such place"]));

  const parcels = parcelsOf(begun(START, BLANK, codes, reasons));

  assert.equal(parcels.length, 3);
  assert.ok(parcels.every(({ deeds }) => deeds.length <= 200));
});
