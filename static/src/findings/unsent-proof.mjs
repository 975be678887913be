/** Send on from the manager's home what was handed in and the service has not taken yet. */
import { pauseAfter } from "../offline/backoff.mjs";
import { forget, handedInBy, keep } from "./proof.mjs";
import { handIn } from "./proof-post.mjs";

/** @param {HTMLElement} line  says that something is still on the phone */
export default function unsentProof(line) {
  const officer = Number(line.dataset.officer);
  let attempt = 0;
  let timer = 0;
  const send = async () => {
    window.clearTimeout(timer);
    const waiting = await handedInBy(officer);
    line.hidden = waiting.length === 0;
    for (const proof of waiting) {
      const { kind, body } = await handIn(proof, line.dataset.csrf ?? "", () => undefined);
      if (kind === "taken") await forget(proof);
      else if (kind === "refused") await keep({ ...proof, isHandedIn: false, sentence: body.sentence });
      else {
        attempt += 1;
        timer = window.setTimeout(send, pauseAfter(attempt));
        return;
      }
    }
    if (waiting.length > 0) window.location.reload(); // the page says what has become of it
  };
  window.addEventListener("online", send);
  send();
}
