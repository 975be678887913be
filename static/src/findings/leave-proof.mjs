/** Before a manager signs out, say what proof lies on the phone that is not handed in. */
import { isSure } from "../components/sure.mjs";
import { unsentBy } from "./proof.mjs";

/** @param {HTMLElement} element  a form that signs out */
export default function leaveProof(element) {
  const form = /** @type {HTMLFormElement} */ (element);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const sheet = /** @type {HTMLDialogElement} */ (document.querySelector("[data-unsent-sheet]"));
    const unsent = await unsentBy(Number(sheet.dataset.officer)).catch(() => []); // whoever wants out gets out
    if (unsent.length === 0 || (await isSure(sheet, { findings: unsent.length }))) form.submit();
  });
}
