/**
 * When the outbox is emptied: at the start, when the connection or the page comes back, after a
 * change, when asked, and again and again while something is left. One tab at a time.
 */
import { pauseAfter } from "./backoff.mjs";
import { hear, tell } from "./news.mjs";

const SETTLE_MS = 1500; // a photograph is readable soon after it has arrived

export class Sender {
  #outbox;
  #renew;
  #isAtWork = false;
  #isAskedAgain = false;
  #attempt = 0;
  #timer = 0;

  /**
   * @param {import("./outbox.mjs").Outbox} outbox
   * @param {() => Promise<boolean>} renew  fetches a token anew where somebody is signed in; tells whether it did
   */
  constructor(outbox, renew) {
    this.#outbox = outbox;
    this.#renew = renew;
  }

  begin() {
    const now = () => this.send();
    window.addEventListener("online", now);
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && now());
    hear("send", now);
    now();
  }

  /** Send at once, or once more after the round that is under way. */
  send() {
    window.clearTimeout(this.#timer);
    if (this.#isAtWork) this.#isAskedAgain = true;
    else this.#work();
  }

  async #work() {
    this.#isAtWork = true;
    do {
      this.#isAskedAgain = false;
      await this.#round();
    } while (this.#isAskedAgain);
    this.#isAtWork = false;
  }

  async #round() {
    tell("sending", { isAtWork: true });
    let end = await this.#alone(() => this.#outbox.deliver()).catch(() => "later");
    if (end === "signed-out") {
      const isRenewed = await this.#renew(); // not where nobody is signed in, or no signal: asked again later
      end = isRenewed ? await this.#alone(() => this.#outbox.deliver()).catch(() => "later") : "later";
    }
    tell("sending", { isAtWork: false, end });
    this.#attempt = end === "later" ? this.#attempt + 1 : 0;
    const pause = this.#attempt === 1 ? SETTLE_MS : pauseAfter(this.#attempt);
    if (end === "later") this.#timer = window.setTimeout(() => this.send(), pause);
  }

  /**
   * @template T
   * @param {() => Promise<T>} work
   * @returns {Promise<T>}
   */
  #alone(work) {
    const locks = navigator.locks;
    return locks ? locks.request("firesafe-outbox", work) : work(); // without locks, doubles are harmless
  }
}
