/**
 * Count the characters of a text area as the service will: line breaks as one, each
 * character of Chinese as one, even those that take two places in a script's string.
 *
 * @param {string} text
 */
export function length(text) {
  return Array.from(text.replace(/\r\n/g, "\n")).length;
}

/** @param {HTMLElement} field  holds the text area and the place for the count */
export default function liveCount(field) {
  const area = field.querySelector("textarea");
  const place = /** @type {HTMLElement | null} */ (field.querySelector("[data-count]"));
  if (!area || !place) return;
  const most = area.maxLength;
  area.removeAttribute("maxlength"); // who pastes too much should see it and choose what to cut
  const show = () => {
    const count = length(area.value);
    place.hidden = count < most * 0.8;
    place.textContent = `${count}/${most}`;
    place.classList.toggle("field__count--over", count > most);
  };
  area.addEventListener("input", show);
  show();
}
