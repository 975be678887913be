/**
 * Keep a form from being sent twice, and show that it is on its way.
 *
 * The buttons are shut only after the browser has gathered the fields, or the name of the
 * pressed one would not be sent; those outside the form too. Coming back by the browser's arrow
 * opens them again.
 *
 * @param {HTMLElement} element  the form
 */
export default function sendOnce(element) {
  const form = /** @type {HTMLFormElement} */ (element);
  const buttons = () => Array.from(form.elements).filter(sends);
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    window.setTimeout(() => {
      for (const button of buttons()) {
        button.disabled = true;
        button.setAttribute("aria-busy", "true");
      }
    });
  });
  window.addEventListener("pageshow", () => {
    for (const button of buttons()) {
      if (button.getAttribute("aria-busy") !== "true") continue;
      button.disabled = false;
      button.removeAttribute("aria-busy");
    }
  });
}

/**
 * @param {Element} field
 * @returns {field is HTMLButtonElement}
 */
function sends(field) {
  return field instanceof HTMLButtonElement && field.type === "submit";
}
