import assert from "node:assert/strict";
import { test } from "node:test";

import { textsOf } from "../../static/src/components/read-aloud.mjs";
import { handIn, kindOf } from "../../static/src/findings/proof-post.mjs";

const shot = (name) => ({ sha256: name, bytes: new ArrayBuffer(3), type: "image/jpeg", takenAt: "2026-11-24T02:00:00Z", source: "camera", original: name });
const proofWith = (...names) => ({ kind: "proof", officer: 1, finding: 7, key: "k", address: "/e", note: "done", photos: names.map(shot), isHandedIn: true });

/** A service that answers from a list, in order, and remembers what it was asked. */
function service(...answers) {
  const asked = [];
  const say = async (method, address, _csrf, body) => {
    asked.push([method, address, String(body)]);
    return answers.shift();
  };
  return { asked, say };
}

const ok = (sha256) => ({ kind: "taken", body: { sha256, state: "readable" } });
const HANDED_IN = { kind: "taken", body: { address: "/f/7" } };

test("photographs go first, each by itself, then the words that name them", async () => {
  const { asked, say } = service(ok("a"), ok("b"), HANDED_IN);
  const told = [];

  const end = await handIn(proofWith("a", "b"), "", (...state) => told.push(state), say);

  assert.equal(end, HANDED_IN);
  assert.deepEqual(asked.map(([method, address]) => [method, address]), [["PUT", "/e/a"], ["PUT", "/e/b"], ["POST", "/e"]]);
  assert.equal(asked[2][2], "client_key=k&note=done&arrived=a&arrived=b");
  assert.deepEqual(told, [["a", "sending"], ["a", "received"], ["b", "sending"], ["b", "received"]]);
});

test("what was delivered before the signal dropped is not sent again", async () => {
  const proof = proofWith("a", "b");
  const first = service(ok("a"), { kind: "later", body: null });
  assert.equal((await handIn(proof, "", () => undefined, first.say)).kind, "later");

  const second = service(ok("b"), HANDED_IN);
  await handIn(proof, "", () => undefined, second.say);

  assert.deepEqual(second.asked.map(([, address]) => address), ["/e/b", "/e"]);
});

test("a photograph that cannot be read ends the round with the service's sentence", async () => {
  const { asked, say } = service({ kind: "taken", body: { sha256: "a", state: "unreadable", sentence: "Take it again." } });
  const told = [];

  const end = await handIn(proofWith("a"), "", (...state) => told.push(state), say);

  assert.equal(end.kind, "refused");
  assert.equal(end.body.sentence, "Take it again.");
  assert.deepEqual(told.pop(), ["a", "refused", "Take it again."]);
  assert.equal(asked.length, 1);
});

test("somebody else's answer delivers nothing", async () => {
  const { say } = service({ kind: "taken", body: { welcome: "hotel" } });

  assert.equal((await handIn(proofWith("a"), "", () => undefined, say)).kind, "later");
});

test("only what the service refuses in its own words is refused", () => {
  assert.equal(kindOf(200, { address: "/" }), "taken");
  assert.equal(kindOf(200, null), "later");
  assert.equal(kindOf(422, { sentence: "No." }), "refused");
  assert.equal(kindOf(404, null), "later");
  assert.equal(kindOf(401, { sentence: "Sign in." }), "signed-out");
  for (const status of [0, 500, 503]) assert.equal(kindOf(status, { sentence: "Later." }), "later");
});

test("what is read out is one text for each part, without its line breaks", () => {
  assert.deepEqual(textsOf([{ textContent: "  Two days\n left " }, { textContent: " " }, { textContent: "Move it." }]), ["Two days left", "Move it."]);
});
