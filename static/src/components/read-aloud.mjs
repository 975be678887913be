/**
 * Read out what the page marks with data-aloud, in the page's own language; a second tap is quiet.
 * The button stays hidden where the browser cannot speak.
 *
 * @param {HTMLElement} button
 */
export default function readAloud(button) {
  const voice = window.speechSynthesis;
  if (!voice || typeof SpeechSynthesisUtterance !== "function") return;
  const word = /** @type {HTMLElement} */ (button.querySelector("span"));
  const [listen, stop] = [word.textContent, button.dataset.stop ?? ""];
  const show = (/** @type {boolean} */ isSpeaking) => {
    word.textContent = isSpeaking ? stop : listen;
    button.setAttribute("aria-pressed", String(isSpeaking));
  };
  button.hidden = false;
  button.addEventListener("click", () => {
    const wasSpeaking = button.getAttribute("aria-pressed") === "true";
    voice.cancel();
    show(!wasSpeaking);
    if (!wasSpeaking) speak(voice, textsOf(document.querySelectorAll("[data-aloud]")), () => show(false));
  });
  window.addEventListener("pagehide", () => voice.cancel());
}

/**
 * @param {SpeechSynthesis} voice
 * @param {string[]} texts  said one after the other, with a pause between
 * @param {() => void} ended
 */
function speak(voice, texts, ended) {
  texts.forEach((text, place) => {
    const speech = new SpeechSynthesisUtterance(text);
    speech.lang = document.documentElement.lang;
    speech.onend = () => place === texts.length - 1 && ended();
    speech.onerror = ended;
    voice.speak(speech);
  });
}

/**
 * @param {ArrayLike<Element>} parts
 * @returns {string[]}
 */
export function textsOf(parts) {
  const texts = Array.from(parts, (part) => (part.textContent ?? "").replace(/\s+/g, " ").trim());
  return texts.filter(Boolean);
}
