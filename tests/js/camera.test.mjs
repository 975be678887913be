import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";

import { Decoder } from "../../static/src/camera/decoder.mjs";
import { digestOf, digestOfFile } from "../../static/src/camera/digest.mjs";
import { doorCodeIn, knownBy } from "../../static/src/camera/door-code.mjs";
import { readExif } from "../../static/src/camera/exif.mjs";
import { hasEnd, partsOf } from "../../static/src/camera/jpeg.mjs";
import { pictureKind } from "../../static/src/camera/kind.mjs";
import { Locator } from "../../static/src/camera/locate.mjs";
import { moved, pathOf, placed, shape } from "../../static/src/camera/marks.mjs";
import { fitted } from "../../static/src/camera/size.mjs";
import { turning } from "../../static/src/camera/turn.mjs";
import { Sha256 } from "../../static/src/inspections/sha256.mjs";

const text = (/** @type {string} */ words) => Uint8Array.from(words, (letter) => letter.charCodeAt(0));

test("the longer edge is shrunk to 1600, and nothing is grown", () => {
  assert.deepEqual(fitted(4000, 3000), { width: 1600, height: 1200 });
  assert.deepEqual(fitted(3000, 4000), { width: 1200, height: 1600 });
  assert.deepEqual(fitted(800, 600), { width: 800, height: 600 });
  assert.deepEqual(fitted(9000, 2), { width: 1600, height: 1 });
});

test("a picture is known by its first bytes, whatever it is called", () => {
  assert.equal(pictureKind(text("\xff\xd8\xff\xe0\0\x10JFIF\0\x01")), "image/jpeg");
  assert.equal(pictureKind(text("\x89PNG\r\n\x1a\n\0\0\0\r")), "image/png");
  assert.equal(pictureKind(text("RIFF\0\0\0\0WEBPVP8 ")), "image/webp");
  assert.equal(pictureKind(text("\0\0\0\x18ftypmif1\0\0\0\0")), "image/heic");
  assert.equal(pictureKind(text("\0\0\0\x18ftypisom\0\0\0\0")), ""); // a film
  assert.equal(pictureKind(text("GIF89a")), "");
});

test("a corner of the picture goes where the turning says", () => {
  const places = [1, 2, 3, 4, 5, 6, 7, 8].map((orientation) => {
    const [a, b, c, d, e, f] = turning(orientation, 400, 300);
    return [a * 400 + c * 300 + e, b * 400 + d * 300 + f].map((place) => place + 0);
  });

  assert.deepEqual(places, [[400, 300], [0, 300], [0, 0], [400, 0], [300, 400], [0, 400], [0, 0], [300, 0]]);
});

/** A JPEG with an EXIF block of one tag, in either order of bytes. */
function sideways(isLittle) {
  const tiff = new DataView(new ArrayBuffer(26));
  tiff.setUint16(0, isLittle ? 0x4949 : 0x4d4d);
  tiff.setUint16(2, 42, isLittle);
  tiff.setUint32(4, 8, isLittle);
  tiff.setUint16(8, 1, isLittle);
  tiff.setUint16(10, 0x0112, isLittle);
  tiff.setUint16(12, 3, isLittle);
  tiff.setUint32(14, 1, isLittle);
  tiff.setUint16(18, 6, isLittle);
  return Uint8Array.of(0xff, 0xd8, 0xff, 0xe1, 0, 34, ...text("Exif\0\0"), ...new Uint8Array(tiff.buffer), 0xff, 0xda, ...text("the picture"));
}

test("which way is up is read in both orders of bytes", () => {
  assert.equal(readExif(sideways(true)).orientation, 6);
  assert.equal(readExif(sideways(false)).orientation, 6);
});

test("a block that is cut off or nonsense says nothing", () => {
  for (let length = 0; length < 30; length += 1) {
    assert.deepEqual(readExif(sideways(true).slice(0, length)), { orientation: 1, takenAt: null });
  }
  assert.deepEqual(readExif(text("\xff\xd8\xff\xe1\xff\xffExif\0\0MM\0\x2a\xff\xff\xff\xff")), { orientation: 1, takenAt: null });
});

test("a picture has an end only if the end comes after its beginning", async () => {
  const end = text("\xff\xd9");
  const head = Uint8Array.of(...sideways(true).slice(0, 38), 0xff, 0xe2, 0, 4, ...end, 0xff, 0xda, 0, 2);
  const begun = [head, new Uint8Array(600_000)];
  const { picture } = partsOf(head);

  assert.equal(picture, 44);
  assert.equal(await hasEnd(new Blob(begun), picture), false);
  assert.equal(await hasEnd(new Blob([...begun, end]), picture), true);
  assert.equal(await hasEnd(new Blob([...begun, end, new Uint8Array(262_143)]), picture), true); // across two pieces
});

test("a sum made in pieces is the sum of the whole", () => {
  const bytes = new Uint8Array(1000).map((_, i) => (i * 7) % 256);
  for (const size of [1, 55, 56, 63, 64, 65, 999]) {
    const sum = new Sha256();
    for (let at = 0; at < bytes.length; at += size) sum.add(bytes.subarray(at, at + size));
    assert.equal(Buffer.from(sum.digest()).toString("hex"), createHash("sha256").update(bytes).digest("hex"));
  }
});

test("a file has the same name with the browser's sums and with ours", async () => {
  const bytes = new Uint8Array(700_000).map((_, i) => (i * 31) % 256);
  const name = createHash("sha256").update(bytes).digest("hex");

  assert.equal(await digestOfFile(new Blob([bytes])), name);
  assert.equal(await digestOfFile(new Blob([bytes]), null), name);
  assert.equal(await digestOf(bytes.buffer, null), name);
});

/** A phone whose fixes come when the test says. */
function phone() {
  const watches = new Map();
  return {
    asked: 0,
    get watched() {
      return watches.size;
    },
    watchPosition(found, missed) {
      this.asked += 1;
      watches.set(this.asked, { found, missed });
      return this.asked;
    },
    clearWatch(id) {
      watches.delete(id);
    },
    fix(accuracy, latitude = 32.7) {
      for (const { found } of watches.values()) found({ coords: { latitude, longitude: 109, accuracy } });
    },
    fail(code) {
      for (const { missed } of watches.values()) missed({ code });
    },
  };
}

test("a good fix is given at once, and the watch ends", async () => {
  const geolocation = phone();
  const locator = new Locator({ geolocation });
  const place = locator.soon();
  geolocation.fix(12);

  assert.deepEqual(await place, { latitude: 32.7, longitude: 109, accuracy_m: 12 });
  assert.deepEqual(await locator.soon(), await place);
  assert.deepEqual([geolocation.asked, geolocation.watched], [1, 0]);
});

test("a poor fix is bettered for as long as patience lasts", async () => {
  const geolocation = phone();
  const place = new Locator({ geolocation }).soon(30);
  geolocation.fix(900, 1);
  geolocation.fix(80, 2);
  geolocation.fix(300, 3);

  assert.equal((await place)?.latitude, 2);
  geolocation.fix(5); // ends the watch
});

test("no answer is no place, and a late fix is told to those who still ask", async () => {
  const geolocation = phone();
  const locator = new Locator({ geolocation });

  assert.equal(await locator.soon(10), null);
  const late = locator.later();
  geolocation.fail(2); // no satellites in the stairwell
  geolocation.fix(20);
  assert.equal((await late)?.accuracy_m, 20);
});

test("after a refusal nobody waits and nobody is asked again", async () => {
  const geolocation = phone();
  const locator = new Locator({ geolocation });
  const place = locator.soon();
  geolocation.fail(1);

  assert.equal(await place, null);
  assert.equal(await locator.later(), null);
  assert.deepEqual([geolocation.asked, geolocation.watched], [1, 0]);
});

test("a phone without positions has no place", async () => {
  assert.equal(await new Locator({ geolocation: undefined }).soon(), null);
});

test("yesterday's fix is not today's place", async () => {
  const geolocation = phone();
  let clock = 0;
  const locator = new Locator({ geolocation, now: () => clock });
  const first = locator.soon();
  geolocation.fix(10);
  await first;
  clock = 61_000;

  assert.equal(await locator.soon(10), null);
  assert.equal(geolocation.asked, 2);
  geolocation.fix(10); // ends the watch
});

const SIZE = { width: 1200, height: 1600 };

test("a drawn arrow ends where the finger was lifted, a tapped one where it tapped", () => {
  const far = shape("arrow", { x: 100, y: 900 }, { x: 400, y: 500 }, SIZE);
  const near = shape("arrow", { x: 600, y: 800 }, { x: 603, y: 801 }, SIZE);

  assert.deepEqual([far.from, far.to], [{ x: 100, y: 900 }, { x: 400, y: 500 }]);
  assert.deepEqual(near.to, { x: 600, y: 800 });
  assert.match(pathOf(far, SIZE), /^M 100 900 L 400 500 M .* L 400 500 L /);
});

test("a ring goes round its box whichever corner came first", () => {
  const ring = pathOf(shape("ring", { x: 500, y: 700 }, { x: 100, y: 300 }, SIZE), SIZE);

  assert.equal(ring, pathOf(shape("ring", { x: 100, y: 300 }, { x: 500, y: 700 }, SIZE), SIZE));
  assert.equal(ring, "M 100 500 A 200 200 0 1 0 500 500 A 200 200 0 1 0 100 500 Z");
});

test("words stay within the photograph, and shrink if they are too long for it", () => {
  const words = { kind: "text", at: { x: 1190, y: 1599 }, words: "blocked" };
  const short = placed(words, SIZE, 4);
  const long = placed(words, SIZE, 40);

  assert.ok(short.x + (4 * short.height) / 2 <= SIZE.width && short.y <= SIZE.height - short.height);
  assert.ok(long.height < short.height && 40 * long.height < SIZE.width);
});

test("a mark is moved whole", () => {
  const ring = shape("ring", { x: 100, y: 300 }, { x: 500, y: 700 }, SIZE);

  assert.deepEqual(moved(ring, 10, -20), { kind: "ring", from: { x: 110, y: 280 }, to: { x: 510, y: 680 } });
});

const OURS = ["https://10.0.0.5", "https://4x4.example.cn"];

test("a door's address is known by where it leads and by whose it is", () => {
  assert.equal(doorCodeIn("https://4x4.example.cn/doors/Zk3hQ-1bT_yXw0aP", OURS), "Zk3hQ-1bT_yXw0aP");
  assert.equal(doorCodeIn(" https://10.0.0.5/doors/Zk3hQ/ ", OURS), "Zk3hQ");
  assert.equal(doorCodeIn("https://other.example.cn/doors/Zk3hQ", OURS), "");
  assert.equal(doorCodeIn("https://4x4.example.cn/check/Zk3hQ", OURS), "");
  assert.equal(doorCodeIn("https://4x4.example.cn/doors/Zk3hQ/../../sign-out", OURS), "");
  assert.equal(doorCodeIn("WIFI:S:factory;T:WPA;P:12345678;;", OURS), "");
});

test("a factory of the day is known by code, address or number, if it is the only one", () => {
  const factories = [
    { id: 1, door_code: "aaaa", point_number: "PL00001" },
    { id: 2, door_code: "bbbb", point_number: "PL00002" },
    { id: 3, door_code: "cccc", point_number: "PL00002" },
    { id: 4, door_code: "dddd" },
  ];

  assert.equal(knownBy("aaaa", factories)?.id, 1);
  assert.equal(knownBy("https://4x4.example.cn/doors/bbbb", factories)?.id, 2);
  assert.equal(knownBy(" pl00001 ", factories)?.id, 1);
  assert.equal(knownBy("PL00002", factories), undefined);
  assert.equal(knownBy("", factories), undefined);
});

/** A worker that the test lets answer. */
function readerOf(answers) {
  const worker = { ended: 0, sent: [], postMessage: (told) => worker.hear(told), terminate: () => (worker.ended += 1) };
  worker.hear = (told) => {
    worker.sent.push(told);
    if ("id" in told && answers.length) setTimeout(() => answers.shift()(worker, told.id));
  };
  return worker;
}

const PICTURE = { data: { buffer: new ArrayBuffer(4) } };

test("each picture gets its own answer, in whatever order they come", async () => {
  globalThis.location = /** @type {any} */ ({ href: "https://10.0.0.5/scan" });
  const late = (worker, id) => setTimeout(() => worker.onmessage({ data: { id, text: "first" } }), 20);
  const soon = (worker, id) => worker.onmessage({ data: { id, text: null } });
  const worker = readerOf([late, soon]);
  const decoder = new Decoder({ script: "/static/d.js", wasm: "/static/z.wasm", start: () => worker });

  assert.deepEqual(await Promise.all([decoder.read(PICTURE), decoder.read(PICTURE)]), ["first", null]);
  assert.deepEqual(worker.sent[0], { wasm: "https://10.0.0.5/static/z.wasm" });
});

test("a reader that does not start is a fault for whoever waits, and is tried again", async () => {
  const fails = (worker) => worker.onerror({});
  const reads = (worker, id) => worker.onmessage({ data: { id, text: "found" } });
  const workers = [readerOf([fails]), readerOf([reads])];
  const decoder = new Decoder({ script: "", wasm: "", start: () => workers.shift() });

  await assert.rejects(decoder.read(PICTURE));
  assert.equal(await decoder.read(PICTURE), "found");
});

test("whoever waits for a reader that is closed has seen nothing", async () => {
  const decoder = new Decoder({ script: "", wasm: "", start: () => readerOf([]) });
  const waiting = decoder.read(PICTURE);
  decoder.close();

  assert.equal(await waiting, null);
});
