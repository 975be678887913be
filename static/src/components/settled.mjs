/** When a page is at rest: what can wait until then does not hold up what the officer waits for. */

const PATIENCE_MS = 3000;

/** @returns {Promise<void>} kept once everything has come and the phone has nothing to do, or some seconds later */
export function settled() {
  return new Promise((resolve) => {
    const rest = () => {
      if ("requestIdleCallback" in window) window.requestIdleCallback(() => resolve(), { timeout: PATIENCE_MS });
      else globalThis.setTimeout(resolve);
    };
    if (document.readyState === "complete") return rest();
    window.addEventListener("load", rest, { once: true });
    window.setTimeout(resolve, PATIENCE_MS);
  });
}
