/**
 * Apply a filter as soon as it is chosen, and keep what is empty out of the address.
 *
 * @param {HTMLElement} element  a form
 */
export default function autoSubmit(element) {
  const form = /** @type {HTMLFormElement} */ (element);
  form.querySelector("[data-apply]")?.setAttribute("hidden", "");
  form.addEventListener("change", (event) => {
    const field = /** @type {HTMLInputElement} */ (event.target);
    if (field.type === "search" || isHalfTyped(field)) return;
    form.submit();
  });
  form.addEventListener("formdata", (event) => {
    for (const name of emptyNames(event.formData)) event.formData.delete(name);
  });
}

/**
 * A year that is being typed comes by as 0002, 0020 and 0202.
 *
 * @param {{ type: string, value: string }} field
 */
export function isHalfTyped({ type, value }) {
  return type === "date" && value !== "" && value < "2000";
}

/**
 * @param {FormData} data
 * @returns {string[]} the names whose every value is empty
 */
export function emptyNames(data) {
  return Array.from(new Set(data.keys())).filter((name) => data.getAll(name).every((value) => value === ""));
}
