/**
 * Show what was chosen in a file field, since the tile hides the browser's own words.
 *
 * @param {HTMLElement} field
 */
export default function fileName(field) {
  const input = /** @type {HTMLInputElement | null} */ (field.querySelector("input[type=file]"));
  const place = /** @type {HTMLElement | null} */ (field.querySelector("[data-chosen]"));
  if (!input || !place) return;
  const show = () => {
    const names = Array.from(input.files ?? [], (file) => `${file.name} (${size(file.size)})`);
    place.textContent = names.join(" · ");
    place.hidden = names.length === 0;
  };
  input.addEventListener("change", show);
  show();
}

/**
 * @param {number} bytes
 * @returns {string} in whole KB below one MB, else in MB with one decimal
 */
export function size(bytes) {
  if (bytes < 1024 * 1024) return `${Math.ceil(bytes / 1024)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
