/**
 * Ask a question in a sheet over the page. A browser without dialogs keeps the fold-out.
 *
 * The dialog lies open inside the fold, for those without script; here it is closed and
 * opened again as a modal, which gives the focus back to the button by itself.
 *
 * @param {HTMLElement} element  a details with a summary and a dialog
 */
export default function confirm(element) {
  const details = /** @type {HTMLDetailsElement} */ (element);
  const summary = /** @type {HTMLElement} */ (details.querySelector("summary"));
  const dialog = /** @type {HTMLDialogElement | null} */ (details.querySelector("dialog"));
  if (!dialog || typeof dialog.showModal !== "function") return;
  dialog.removeAttribute("open");
  dialog.classList.add("sheet--modal");
  const cancel = /** @type {HTMLElement | null} */ (dialog.querySelector("[data-cancel]"));
  cancel?.removeAttribute("hidden");
  const ask = () => {
    details.open = true;
    dialog.showModal();
    cancel?.focus();
  };
  cancel?.addEventListener("click", () => dialog.close());
  summary.addEventListener("click", (event) => {
    event.preventDefault();
    ask();
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog && isOutside(event, dialog.getBoundingClientRect())) dialog.close();
  });
  dialog.addEventListener("close", () => {
    details.open = false;
    summary.focus();
  });
  if (details.open) ask();
}

/**
 * @param {{ clientX: number, clientY: number }} point
 * @param {{ left: number, right: number, top: number, bottom: number }} box
 */
export function isOutside(point, box) {
  const isBeside = point.clientX < box.left || point.clientX > box.right;
  return isBeside || point.clientY < box.top || point.clientY > box.bottom;
}
