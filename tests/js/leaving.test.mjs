/** What stays on a phone when its officer signs out. */
import assert from "node:assert/strict";
import { test } from "node:test";

import "fake-indexeddb/auto";

import { forgetOfficer, forgetOthersPages } from "../../static/src/offline/leaving.mjs";
import { answered } from "../../static/src/offline/visits.mjs";
import { AT, OFFICER, phoneWith, putPhoto, putVisit } from "./phone.mjs";

const keysOn = async (shelf) => (await shelf.all("visits")).map(({ key }) => key);

test("what has arrived is forgotten, with its photographs, the bundle and the token", async () => {
  const { shelf, outbox } = await phoneWith();
  const key = await putVisit(shelf);
  await putPhoto(shelf, key, 1);
  await outbox.deliver();
  await shelf.put("notes", { factories: [] }, "bundle");

  await forgetOfficer(shelf, OFFICER);

  assert.deepEqual([await keysOn(shelf), await shelf.all("photos"), await shelf.all("bytes")], [[], [], []]);
  assert.equal(await shelf.get("notes", "bundle"), undefined);
  assert.equal(await shelf.get("notes", `token:${OFFICER}`), undefined);
  assert.equal(await shelf.get("notes", "phone"), "phone-1");
});

test("what has not arrived stays, and goes without its officer", async () => {
  const { shelf, service, outbox } = await phoneWith();
  await putVisit(shelf, "sent");
  await outbox.deliver();
  await putVisit(shelf, "unsent");
  await shelf.change("visits", "unsent", (visit) => answered(visit, "A1-01", { verdict: "pass" }, AT));
  const photo = await putPhoto(shelf, "unsent", 1);

  await forgetOfficer(shelf, OFFICER);
  assert.deepEqual(await keysOn(shelf), ["unsent"]);
  await outbox.deliver();

  assert.equal(service.visits.has("unsent"), true);
  assert.equal(service.photos.has(photo), true);
});

test("of a photograph that the service has not looked at the bytes stay", async () => {
  const { shelf, service, outbox } = await phoneWith();
  const key = await putVisit(shelf);
  await putPhoto(shelf, key, 1);
  service.isReadable = false;
  await outbox.deliver();

  await forgetOfficer(shelf, OFFICER);

  assert.deepEqual([(await keysOn(shelf)).length, (await shelf.all("bytes")).length], [1, 1]);
});

test("another officer's visits are not touched, nor the photographs they share", async () => {
  const { shelf, outbox } = await phoneWith({ officers: [OFFICER, 4] });
  for (const [key, officer] of [["mine", OFFICER], ["theirs", 4]]) {
    await putVisit(shelf, key, officer);
    await putPhoto(shelf, key, 1, { officer });
  }
  await outbox.deliver();

  await forgetOfficer(shelf, OFFICER);

  assert.deepEqual(await keysOn(shelf), ["theirs"]);
  assert.equal((await shelf.all("photos")).length, 1);
});

test("the pages of whoever was here before are forgotten, one's own are not", async () => {
  const { shelf } = await phoneWith();
  await shelf.put("notes", { officer: OFFICER, at: AT, version: "1", missing: 0, bytes: 0 }, "ready");

  await forgetOthersPages(shelf, OFFICER);
  assert.notEqual(await shelf.get("notes", "ready"), undefined);

  await forgetOthersPages(shelf, 4);
  assert.equal(await shelf.get("notes", "ready"), undefined);
});
