/** Tick every box of a form with one press, and none with the next. */

/** @param {HTMLElement} element  a button that only script can make useful */
export default function tickAll(element) {
  const button = /** @type {HTMLButtonElement} */ (element);
  button.hidden = false;
  button.addEventListener("click", () => {
    const boxes = /** @type {NodeListOf<HTMLInputElement> | undefined} */ (button.form?.querySelectorAll("input[type=checkbox]"));
    const all = Array.from(boxes ?? []);
    const isWhole = all.every((box) => box.checked);
    for (const box of all) box.checked = !isWhole;
  });
}
