/** Send a signature as soon as it is there: drawn on the board, or photographed. */

/** @param {HTMLElement} element  the form of one signature */
export default function signAtOnce(element) {
  const form = /** @type {HTMLFormElement} */ (element);
  const button = /** @type {HTMLButtonElement | null} */ (form.querySelector("[data-keep]"));
  const file = form.querySelector("input[type=file]");
  if (!button || !file) return;
  button.hidden = true;
  file.addEventListener("change", () => {
    if (form.reportValidity()) form.requestSubmit ? form.requestSubmit() : form.submit();
    else button.hidden = false;
  });
}
