/**
 * Let the whole row of a table be its link, without taking away the selecting of text.
 *
 * @param {HTMLElement} frame
 */
export default function rowLink(frame) {
  for (const row of frame.querySelectorAll("tbody tr")) {
    if (row.querySelector(".table__link")) row.setAttribute("data-follows", "");
  }
  frame.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    if (target.closest("a, button, input, select, label, summary")) return;
    if (window.getSelection()?.toString()) return;
    const link = target.closest("[data-follows]")?.querySelector(".table__link");
    /** @type {HTMLElement | null | undefined} */ (link)?.click();
  });
}
