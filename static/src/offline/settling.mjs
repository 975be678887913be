/**
 * Ask the service how everything stands that was sent; only what is readable there may be
 * forgotten here.
 */
import { isWaiting } from "./parcels.mjs";
import { parcelsOf } from "./deeds.mjs";
import { forgetBytes } from "./photos.mjs";
import { reopened } from "./visits.mjs";

/** @typedef {import("./shelf.mjs").Shelf} Shelf */
/** @typedef {import("./visits.mjs").Visit} Visit */
/** @typedef {import("./post.mjs").Outcome} Outcome */
/** @typedef {(topic: import("./news.mjs").Topic, detail?: any) => void} Tell */

const DAY_MS = 86_400_000;
const KEEP_DELIVERED_MS = 3 * DAY_MS; // so long a delivered visit is still shown on the phone

/**
 * @param {Shelf} shelf
 * @param {number} officer
 * @param {(asked: { photos: string[], visits: string[] }) => Promise<Outcome>} ask
 * @param {{ now: () => string, tell: Tell }} parts
 * @returns {Promise<"empty" | "later" | "signed-out">} later while something sent is not yet readable
 */
export async function settle(shelf, officer, ask, { now, tell }) {
  const photos = (await shelf.all("photos")).filter((photo) => photo.officer === officer && photo.state === "received");
  const visits = await sentVisits(shelf, officer);
  if (!photos.length && !visits.length) return "empty";
  const { kind, body } = await ask({ photos: photos.map(({ sha256 }) => sha256), visits: visits.map(({ key }) => key) });
  if (kind === "signed-out") return kind;
  if (kind !== "taken" || !body?.photos || !body.visits) return "later";
  for (const { sha256 } of photos) await learnPhoto(shelf, sha256, body.photos[sha256], tell);
  for (const { key } of visits) await learnVisit(shelf, key, body.visits[key], { now, tell });
  const isOpen = (/** @type {Visit} */ { key }) => body.visits[key]?.state === "handed_in";
  const waits = photos.some(({ sha256 }) => body.photos[sha256]?.state !== "readable");
  return waits || visits.some(isOpen) ? "later" : "empty";
}

/**
 * @param {Shelf} shelf
 * @param {number} officer
 * @returns {Promise<Visit[]>} those the service knows, of which nothing waits on this phone
 */
async function sentVisits(shelf, officer) {
  const waiting = new Set((await shelf.all("parcels")).filter(isWaiting).map(({ visit }) => visit));
  return (await shelf.all("visits")).filter(
    (visit) =>
      visit.officer === officer &&
      visit.inspectionId !== undefined &&
      (visit.state === "draft" || visit.state === "handed_in") &&
      !waiting.has(visit.key) &&
      !parcelsOf(visit).length,
  );
}

/**
 * @param {Shelf} shelf
 * @param {string} sha256
 * @param {{ state: string, sentence?: string, distance?: string | null, is_far?: boolean } | undefined} told
 * @param {Tell} tell
 */
async function learnPhoto(shelf, sha256, told, tell) {
  if (!told || told.state === "received") return;
  if (told.state === "readable") await forgetBytes(shelf, sha256, { distance: told.distance ?? undefined, isFar: told.is_far });
  else {
    // What is absent was lost there and is still here: it goes once more.
    const news = told.state === "unreadable" ? { state: "refused", sentence: told.sentence ?? "" } : { state: "local" };
    await shelf.change("photos", sha256, (photo) => ({ ...photo, ...news }));
  }
  tell("photo", await shelf.get("photos", sha256));
}

/**
 * @param {Shelf} shelf
 * @param {string} key
 * @param {{ state: string, address?: string, sentence?: string, waiting_photos?: number } | undefined} told
 * @param {{ now: () => string, tell: Tell }} parts
 */
async function learnVisit(shelf, key, told, { now, tell }) {
  if (told?.state === "draft") return takeBack(shelf, key, tell);
  const news = told && newsOf(told, now);
  if (!news) return;
  await shelf.change("visits", key, (visit) => ({ ...visit, ...news }));
  tell("visit", { key });
}

/**
 * A visit that was handed in and is a draft there was taken back by one of its inspectors.
 *
 * @param {Shelf} shelf
 * @param {string} key
 * @param {Tell} tell
 */
async function takeBack(shelf, key, tell) {
  if ((await shelf.get("visits", key))?.state !== "handed_in") return;
  await shelf.change("visits", key, reopened);
  tell("visit", { key });
}

/**
 * @param {{ state: string, address?: string, sentence?: string, waiting_photos?: number }} told
 * @param {() => string} now
 * @returns {Partial<Visit> | null}
 */
function newsOf({ state, address, sentence, waiting_photos: waitingPhotos }, now) {
  if (state === "closed") return { state: "delivered", address, deliveredAt: now(), sentence: undefined };
  if (state === "handed_in") return { state: "handed_in", address, waitingPhotos, sentence: sentence ?? undefined };
  return state === "void" ? { state: "void", address, deliveredAt: now(), sentence: sentence ?? undefined } : null;
}

/**
 * Forget visits that were delivered some days ago, and what is left of their photographs.
 *
 * @param {Shelf} shelf
 * @param {string} now
 * @param {number} [keepMs]
 */
export async function forgetDelivered(shelf, now, keepMs = KEEP_DELIVERED_MS) {
  return shelf.within(["visits", "photos", "bytes", "parcels"], "readwrite", async (transaction) => {
    const [visits, photos] = [transaction.objectStore("visits"), transaction.objectStore("photos")];
    const aside = new Set((await transaction.objectStore("parcels").getAll()).map((/** @type {any} */ { visit }) => visit));
    const all = /** @type {Visit[]} */ (await visits.getAll());
    const isOld = (/** @type {Visit} */ { key, deliveredAt }) => deliveredAt !== undefined && !aside.has(key) && Date.parse(now) - Date.parse(deliveredAt) >= keepMs;
    const old = all.filter(isOld);
    const needed = new Set(all.filter((visit) => !isOld(visit)).flatMap((visit) => visit.photos.map(({ sha256 }) => sha256)));
    for (const visit of old) {
      for (const { sha256 } of visit.photos) {
        const photo = await photos.get(sha256);
        if (needed.has(sha256) || photo?.state === "local" || photo?.state === "received") continue;
        await photos.delete(sha256);
        await transaction.objectStore("bytes").delete(sha256);
      }
      await visits.delete(visit.key);
    }
  });
}
