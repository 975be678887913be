/** Words count as changed when the typing pauses, not only when the field is left. */

const PAUSE_MS = 800;

/**
 * @param {HTMLElement} element
 * @param {(event: Event) => void} changed
 */
export function afterTyping(element, changed) {
  let timer = 0;
  element.addEventListener("change", () => window.clearTimeout(timer), true);
  element.addEventListener("input", (event) => {
    const field = /** @type {HTMLElement} */ (event.target);
    if (!field.matches("textarea, input:not([type])")) return;
    window.clearTimeout(timer);
    timer = window.setTimeout(() => changed(event), PAUSE_MS);
  });
}
