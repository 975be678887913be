/** What happened on this phone, told to every part of the page that shows it, and to other tabs. */
import { settled } from "../components/settled.mjs";

/** @typedef {"visit" | "photo" | "outbox" | "ready" | "send" | "sending"} Topic */

const HERE_ONLY = new Set(["send"]); // each tab has a sender of its own

const news = new EventTarget();
const hasTabs = typeof document !== "undefined" && "BroadcastChannel" in window;
/** @type {BroadcastChannel | null} */
let tabs = null;
if (hasTabs) settled().then(others); // to open it, a page waits for the browser

function others() {
  if (!hasTabs || tabs) return tabs;
  tabs = new BroadcastChannel("firesafe");
  tabs.addEventListener("message", ({ data }) => spread(data.topic, data.detail));
  return tabs;
}

/**
 * @param {Topic} topic
 * @param {Record<string, any>} [detail]  only what can be copied to another tab
 */
export function tell(topic, detail = {}) {
  spread(topic, detail);
  if (!HERE_ONLY.has(topic)) others()?.postMessage({ topic, detail });
}

/**
 * @param {Topic} topic
 * @param {(detail: any) => void} listener
 */
export function hear(topic, listener) {
  news.addEventListener(topic, (event) => listener(/** @type {CustomEvent} */ (event).detail));
}

/**
 * @param {Topic} topic
 * @param {Record<string, any>} detail
 */
function spread(topic, detail) {
  news.dispatchEvent(new CustomEvent(topic, { detail }));
}
