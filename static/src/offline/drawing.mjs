/** Have somebody draw on a photograph; one at a time, however often it is tapped. */
import { PhotoRefused } from "../camera/refused.mjs";
import { say } from "../components/toast.mjs";

let isOpen = false;

/**
 * @param {import("./visits.mjs").Visit} visit
 * @param {import("./photos.mjs").Kept & { bytes: ArrayBuffer }} photo
 * @param {{ code: string, moment: string }} place
 * @param {Record<string, string>} words  of whatever may fail
 */
export async function drawOn(visit, photo, place, words) {
  if (isOpen) return;
  isOpen = true;
  try {
    const { drawOver } = await import("./draw-over.mjs");
    await drawOver(visit, photo, place);
  } catch (fault) {
    say(words[fault instanceof PhotoRefused ? fault.reason : "full"] ?? words.full);
  } finally {
    isOpen = false;
  }
}
