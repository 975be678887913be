/** Draw on a photograph of a visit. Loaded when somebody does. */
import { openDrawing } from "../camera/draw.mjs";
import { keepPhoto } from "./kept.mjs";

/**
 * @param {import("../offline/visits.mjs").Visit} visit
 * @param {import("../offline/photos.mjs").Kept & { bytes: ArrayBuffer }} photo
 * @param {{ code: string, moment: string }} place  of the checkpoint that shows it
 */
export async function drawOver({ key, officer }, photo, place) {
  const drawing = await openDrawing(photo);
  if (!drawing) return;
  const { takenAt, source, place: spot, sha256: drawnOver } = photo;
  const facts = { takenAt, source, place: spot, drawnOver, officer, state: "local", addedAt: new Date().toISOString() };
  await keepPhoto(key, { ...drawing, ...facts }, place);
}
