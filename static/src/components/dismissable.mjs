/**
 * Close a fold that lies over the page by Escape, or by a click anywhere else.
 *
 * @param {HTMLElement} element  a details
 */
export default function dismissable(element) {
  const details = /** @type {HTMLDetailsElement} */ (element);
  document.addEventListener("click", (event) => {
    if (details.open && !details.contains(/** @type {Node} */ (event.target))) details.open = false;
  });
  details.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !details.open) return;
    details.open = false;
    details.querySelector("summary")?.focus();
  });
}
