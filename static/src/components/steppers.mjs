/**
 * Count people with two large buttons each; the second number is never above the first.
 */

/**
 * @param {number} value
 * @param {number} least
 * @param {number} most
 */
export function within(value, least, most) {
  return Math.min(Math.max(value, least), most);
}

/** @param {HTMLElement} element  both steppers and the dots */
export default function steppers(element) {
  const asked = /** @type {HTMLInputElement} */ (element.querySelector("[data-asked]"));
  const right = /** @type {HTMLInputElement} */ (element.querySelector("[data-right]"));
  for (const button of element.querySelectorAll("[data-step]")) button.removeAttribute("hidden");
  element.addEventListener("click", (event) => {
    const button = /** @type {HTMLElement | null} */ (
      /** @type {Element} */ (event.target).closest("[data-step]")
    );
    const input = button?.parentElement?.querySelector("input");
    if (!button || !input) return;
    const next = Number(input.value || 0) + Number(button.dataset.step);
    input.value = String(within(next, Number(input.min), Number(input.max)));
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  // On the way down, so that whoever hears the change further out finds the numbers in order.
  element.addEventListener("change", () => settle(element, asked, right), true);
  settle(element, asked, right);
}

/**
 * @param {HTMLElement} element
 * @param {HTMLInputElement} asked
 * @param {HTMLInputElement} right
 */
function settle(element, asked, right) {
  const count = Number(asked.value || 0);
  right.max = String(count);
  if (Number(right.value || 0) > count) right.value = String(count);
  for (const input of [asked, right]) {
    const [less, more] = input.parentElement?.querySelectorAll("button") ?? [];
    less.disabled = input.value !== "" && Number(input.value) <= Number(input.min);
    more.disabled = Number(input.value || 0) >= Number(input.max);
  }
  draw(element, right.value === "" ? 0 : count, Number(right.value || 0)); // nobody was wrong who was not asked
}

/**
 * @param {HTMLElement} element
 * @param {number} count
 * @param {number} right
 */
function draw(element, count, right) {
  const dots = element.querySelector("[data-dots]");
  const good = element.querySelector("template[data-dot-right]");
  const bad = element.querySelector("template[data-dot-wrong]");
  if (!dots || !(good instanceof HTMLTemplateElement) || !(bad instanceof HTMLTemplateElement)) return;
  dots.textContent = "";
  for (let place = 0; place < count; place += 1) {
    dots.append((place < right ? good : bad).content.cloneNode(true));
  }
}
