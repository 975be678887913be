/** Speak with the service: every answer becomes an outcome, and none an exception. */

/** @typedef {import("./answer-saver.mjs").Outcome} Outcome */

/**
 * @param {number} status
 * @returns {Outcome["kind"]} a refusal is final; whatever may pass by itself is tried again;
 *   what a page says that was left open past its sign-in waits until it is opened anew
 */
export function kindOf(status) {
  if (status >= 200 && status < 300) return "kept";
  if (status === 409) return "stale";
  if (status === 400 || status === 401) return "shut";
  return status === 408 || status === 429 || status >= 500 ? "unreachable" : "refused";
}

/**
 * @param {string} method
 * @param {string} address
 * @param {string} token  of the page, against forged requests
 * @param {unknown} [body]
 * @returns {Promise<Outcome>}
 */
export async function send(method, address, token, body) {
  try {
    const response = await fetch(address, {
      method,
      body: body === undefined ? undefined : JSON.stringify(body),
      headers: { "Accept": "application/json", "Content-Type": "application/json", "X-CSRFToken": token },
    });
    return { kind: kindOf(response.status), ...(await response.json().catch(() => ({}))) };
  } catch {
    return { kind: "unreachable" };
  }
}

/**
 * @param {string} address
 * @param {string} token
 * @param {Blob} blob
 * @param {number} takenAt
 * @param {(percent: number) => void} onProgress
 * @returns {Promise<Outcome>}
 */
export function upload(address, token, blob, takenAt, onProgress) {
  const request = new XMLHttpRequest(); // fetch does not tell how far an upload has come
  return new Promise((resolve) => {
    request.upload.onprogress = ({ loaded, total }) => onProgress((100 * loaded) / (total || 1));
    request.onload = () => resolve({ kind: kindOf(request.status), ...(request.response ?? {}) });
    request.onerror = () => resolve({ kind: "unreachable" });
    request.open("PUT", address);
    request.responseType = "json";
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-CSRFToken", token);
    request.setRequestHeader("Content-Type", blob.type || "application/octet-stream");
    request.setRequestHeader("Photo-Taken-At", new Date(takenAt).toISOString());
    request.send(blob);
  });
}

/**
 * @param {number} ms
 * @returns {Promise<void>} ends when the time is over or the connection is back
 */
export function pause(ms) {
  return new Promise((resolve) => {
    const end = () => {
      window.clearTimeout(timer);
      window.removeEventListener("online", end);
      resolve();
    };
    const timer = window.setTimeout(end, ms);
    window.addEventListener("online", end);
  });
}
