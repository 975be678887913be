/**
 * Change theme and size of text on the spot. Without this the same buttons post the form,
 * and the service sets the same cookies.
 */
const YEAR_SECONDS = 365 * 24 * 3600;

/**
 * @param {string} name
 * @param {string} value  empty forgets the choice
 * @param {boolean} isSecure  whether the page came by https
 * @returns {string} what is to be assigned to document.cookie
 */
export function cookie(name, value, isSecure) {
  const age = value ? YEAR_SECONDS : 0;
  return `${name}=${value}; Path=/; Max-Age=${age}; SameSite=Lax${isSecure ? "; Secure" : ""}`;
}

/**
 * @param {DOMStringMap} dataset  that of the root element
 * @param {string} name  "theme" or "text"
 * @param {string} value
 */
export function wear(dataset, name, value) {
  if (value && value !== "normal") dataset[name] = value;
  else delete dataset[name];
}

/** @param {HTMLElement} form */
export default function display(form) {
  form.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    const button = /** @type {HTMLButtonElement | null} */ (target.closest("button[name]"));
    if (!button || button.name === "language") return;
    event.preventDefault();
    document.cookie = cookie(button.name, button.value, location.protocol === "https:");
    wear(document.documentElement.dataset, button.name, button.value);
    for (const other of document.querySelectorAll(`button[name="${button.name}"][aria-pressed]`)) {
      const isChosen = /** @type {HTMLButtonElement} */ (other).value === button.value;
      other.setAttribute("aria-pressed", String(isChosen));
    }
  });
}
