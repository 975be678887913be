/** What happened on this phone, told to every part of the page that shows it. */

/** @typedef {"visit" | "photo" | "outbox" | "ready" | "send" | "sending"} Topic */

const news = new EventTarget();

/**
 * @param {Topic} topic
 * @param {Record<string, any>} [detail]
 */
export function tell(topic, detail = {}) {
  news.dispatchEvent(new CustomEvent(topic, { detail }));
}

/**
 * @param {Topic} topic
 * @param {(detail: any) => void} listener
 */
export function hear(topic, listener) {
  news.addEventListener(topic, (event) => listener(/** @type {CustomEvent} */ (event).detail));
}
