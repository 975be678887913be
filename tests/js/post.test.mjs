import assert from "node:assert/strict";
import { test } from "node:test";

import { pauseAfter } from "../../static/src/offline/backoff.mjs";
import { sendPhoto } from "../../static/src/offline/photo-post.mjs";
import { kindOf } from "../../static/src/offline/post.mjs";
import { lastsLong } from "../../static/src/offline/tokens.mjs";

test("what may pass by itself is told from what was refused in our own words", () => {
  assert.equal(kindOf(200, {}), "taken");
  for (const status of [0, 408, 429, 502, 503, 504]) assert.equal(kindOf(status, null), "busy");
  assert.equal(kindOf(401, null), "signed-out");
  for (const status of [403, 404, 409, 422]) assert.equal(kindOf(status, { status, detail: "Why." }), "refused");
  assert.equal(kindOf(413, null), "refused");
  assert.equal(kindOf(403, null), "strange");
  assert.equal(kindOf(500, { status: 500 }), "strange");
});

test("pauses grow to five minutes, and phones do not all come back at once", () => {
  assert.deepEqual([1, 2, 3, 9, 30].map((attempt) => pauseAfter(attempt, 1)), [1000, 2000, 4000, 256000, 300000]);
  assert.ok(pauseAfter(9, 0) < pauseAfter(9, 1));
});

test("a token is renewed long before it ends", () => {
  const now = Date.parse("2026-11-26T00:00:00Z");

  assert.equal(lastsLong(undefined, now), false);
  assert.equal(lastsLong({ token: "t", expiresAt: "2026-12-26T00:00:00Z" }, now), true);
  assert.equal(lastsLong({ token: "t", expiresAt: "2026-12-05T00:00:00Z" }, now), false);
});

const SHA = "a".repeat(64);
const PHOTO = {
  sha256: SHA, bytes: new Uint8Array(150_000).buffer, type: "image/jpeg", takenAt: "2026-11-26T01:00:00Z", source: "camera",
  place: { latitude: 32.5, longitude: 109.25, accuracy_m: 12 }, original: "b".repeat(64),
};

/** A service that has the first bytes of a photograph, and answers with what it lacks. */
function serviceWith(offset, { isKnown = offset > 0 } = {}) {
  const calls = [];
  const speak = async (method, _address, _token, { body, headers = {} } = {}) => {
    calls.push({ method, headers, size: body?.byteLength });
    const total = Number(headers["Upload-Length"]);
    if (method === "GET" && !isKnown) return { kind: "refused", status: 404, body: { status: 404 } };
    if (method === "PUT") offset = body.byteLength;
    if (method === "PATCH" && Number(headers["Upload-Offset"]) !== offset) return { kind: "refused", status: 409, body: { status: 409, offset } };
    if (method === "PATCH") offset += body.byteLength;
    const isPartial = method === "GET" || (method === "PATCH" && offset < total);
    return { kind: "taken", status: 200, body: isPartial ? { sha256: SHA, state: "partial", offset } : { sha256: SHA, state: "received" } };
  };
  return { calls, speak };
}

test("a photograph goes whole at first, with what is known of it", async () => {
  const { calls, speak } = serviceWith(0);

  const { body } = await sendPhoto(PHOTO, "token", () => {}, speak);

  assert.equal(body.state, "received");
  assert.deepEqual(calls, [{
    method: "PUT", size: 150_000,
    headers: {
      "Content-Type": "image/jpeg", "Photo-Taken-At": "2026-11-26T01:00:00Z", "Photo-Source": "camera",
      "Photo-Place": "32.5,109.25,12", "Photo-Original": "b".repeat(64),
    },
  }]);
});

test("after a broken line it goes on where the service has come to, piece by piece", async () => {
  const { calls, speak } = serviceWith(70_000);
  const percents = [];

  const { body } = await sendPhoto({ ...PHOTO, isBroken: true }, "token", (percent) => percents.push(Math.round(percent)), speak);

  assert.equal(body.state, "received");
  assert.deepEqual(calls.map(({ method, size }) => [method, size]), [["GET", undefined], ["PATCH", 65_536], ["PATCH", 14_464]]);
  assert.equal(calls[1].headers["Upload-Offset"], "70000");
  assert.equal(calls[1].headers["Upload-Length"], "150000");
  assert.deepEqual(percents, [90]);
});

test("where nothing has come, the pieces begin at the beginning", async () => {
  const { calls, speak } = serviceWith(0);

  await sendPhoto({ ...PHOTO, isBroken: true }, "token", () => {}, speak);

  assert.deepEqual(calls.map(({ method, headers }) => [method, headers["Upload-Offset"]]), [["GET", undefined], ["PATCH", "0"], ["PATCH", "65536"], ["PATCH", "131072"]]);
});

test("a piece that belongs elsewhere is sent again where it belongs", async () => {
  const { calls, speak } = serviceWith(65_536, { isKnown: false });

  const { body } = await sendPhoto({ ...PHOTO, isBroken: true }, "token", () => {}, speak);

  assert.equal(body.state, "received");
  assert.deepEqual(calls.slice(1).map(({ headers }) => headers["Upload-Offset"]), ["0", "65536", "131072"]);
});

test("two that tell each other where to go on come to an end", async () => {
  const speak = async (method) => (method === "GET" ? { kind: "refused", status: 404, body: {} } : { kind: "refused", status: 409, body: { offset: 5 } });

  const { kind } = await sendPhoto({ ...PHOTO, isBroken: true }, "token", () => {}, speak);

  assert.equal(kind, "strange");
});

test("a photograph that arrived although its answer was lost is not sent again", async () => {
  const calls = [];
  const speak = async (method) => {
    calls.push(method);
    return { kind: "taken", status: 200, body: { sha256: SHA, state: "readable" } };
  };

  assert.equal((await sendPhoto({ ...PHOTO, isBroken: true }, "token", () => {}, speak)).kind, "taken");

  assert.deepEqual(calls, ["GET"]);
});

test("what was damaged on its way is sent again, and what is no picture is not", async () => {
  const answering = (fault) => async () => ({ kind: "refused", status: 422, body: { fault } });

  for (const fault of ["checksum", "incomplete", "beyond-length", "length-missing"]) {
    assert.equal((await sendPhoto(PHOTO, "token", () => {}, answering(fault))).kind, "strange");
  }
  assert.equal((await sendPhoto(PHOTO, "token", () => {}, answering("not-a-photograph"))).kind, "refused");
});
