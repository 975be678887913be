/** Sign out, and leave nothing on the phone that has arrived; first say what has not. */
import { isSure } from "../components/sure.mjs";
import { say } from "../components/toast.mjs";
import { shelf } from "./desk.mjs";
import { forgetOfficer } from "./leaving.mjs";
import { isAnythingUnsent, readWaiting } from "./waiting.mjs";

/** @param {HTMLElement} element  a form that signs out */
export default function signOut(element) {
  const form = /** @type {HTMLFormElement} */ (element);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const sheet = /** @type {HTMLDialogElement} */ (document.querySelector("[data-unsent-sheet]"));
    if (!navigator.onLine) return say(sheet.dataset.noSignal ?? "");
    const officer = Number(document.body.dataset.officer);
    const waiting = await readWaiting(shelf, officer).catch(() => null); // whoever wants out gets out
    if (waiting && isAnythingUnsent(waiting) && !(await isSure(sheet, amounts(waiting)))) return;
    await forgetOfficer(shelf, officer).catch(() => undefined);
    form.submit();
  });
}

/** @param {import("./waiting.mjs").Waiting} waiting */
function amounts({ visits, photos, refused }) {
  return { visits: visits + refused, photos };
}
