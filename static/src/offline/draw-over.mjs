/** Draw on a photograph of a visit, or of a re-check. Loaded when somebody does. */
import { openDrawing } from "../camera/draw.mjs";
import { keepPhoto } from "./desk.mjs";

/**
 * @param {import("./visits.mjs").Visit} visit
 * @param {import("./photos.mjs").Kept & { bytes: ArrayBuffer }} photo
 * @param {{ code: string, moment: string }} place  where it is shown
 */
export async function drawOver({ key, officer }, photo, place) {
  const drawing = await openDrawing(photo);
  if (!drawing) return;
  const { takenAt, source, place: spot, sha256: drawnOver } = photo;
  const facts = { takenAt, source, place: spot, drawnOver, officer, state: "local", addedAt: new Date().toISOString() };
  await keepPhoto(key, { ...drawing, ...facts }, place);
}
