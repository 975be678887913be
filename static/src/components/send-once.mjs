/**
 * Keep a form from being sent twice, and show that it is on its way.
 *
 * The buttons are shut only after the browser has gathered the fields, or the name of the
 * pressed one would not be sent. Coming back by the browser's arrow opens them again.
 *
 * @param {HTMLElement} form
 */
export default function sendOnce(form) {
  /** @type {() => HTMLButtonElement[]} */
  const buttons = () => Array.from(form.querySelectorAll("button:not([type=button])"));
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
