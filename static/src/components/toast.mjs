/**
 * Let a message float above the foot bar and leave after six seconds; one at a time.
 * It waits as long as the pointer or the focus is on it.
 */
const STAY_MS = 6000;

/** @param {HTMLElement} element */
export default function toast(element) {
  const region = /** @type {HTMLElement} */ (element.parentElement);
  region.classList.add("toasts--floating");
  showOnlyTheFirst(region);
  let timer = 0;
  const leave = () => {
    element.remove();
    showOnlyTheFirst(region);
  };
  const wait = () => window.clearTimeout(timer);
  const count = () => {
    wait();
    if (!element.hidden) timer = window.setTimeout(leave, STAY_MS);
  };
  for (const name of ["pointerenter", "focusin"]) element.addEventListener(name, wait);
  for (const name of ["pointerleave", "focusout", "toast:shown"]) element.addEventListener(name, count);
  const close = /** @type {HTMLElement | null} */ (element.querySelector("[data-close]"));
  close?.removeAttribute("hidden");
  close?.addEventListener("click", leave);
  count();
}

/** @param {HTMLElement} region */
function showOnlyTheFirst(region) {
  /** @type {HTMLElement[]} */
  const toasts = Array.from(region.querySelectorAll(".toast"));
  toasts.forEach((other, place) => {
    const appears = other.hidden && place === 0;
    other.hidden = place > 0;
    if (appears) other.dispatchEvent(new CustomEvent("toast:shown"));
  });
}

/**
 * Say something that no page load brought. The region is read out politely.
 *
 * @param {string} sentence
 * @param {{ word: string, undo: () => void }} [remedy]  an undo with its word
 */
export function say(sentence, remedy) {
  const region = document.querySelector(".toasts");
  if (!region) return;
  region.textContent = "";
  const element = document.createElement("div");
  element.className = "toast";
  const text = document.createElement("p");
  text.className = "toast__text";
  text.textContent = sentence;
  element.append(text);
  if (remedy) element.append(undoButton(remedy, element));
  region.append(element);
  toast(element);
}

/**
 * @param {{ word: string, undo: () => void }} remedy
 * @param {HTMLElement} element
 */
function undoButton(remedy, element) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "toast__undo";
  button.textContent = remedy.word;
  button.addEventListener("click", () => {
    element.remove();
    remedy.undo();
  });
  return button;
}
