/**
 * When the outbox is emptied: at the start, when the connection or the page comes back, after a
 * change, when asked, and again and again while something is left. One tab at a time.
 */
import { pauseAfter } from "./backoff.mjs";
import { hear, tell } from "./news.mjs";

const SETTLE_MS = 1500; // a photograph is readable soon after it has arrived
const LOCK = "firesafe-outbox";
const LONGEST_TURN_MS = 900_000; // a tab that the system put to sleep may hold its turn for ever

/** @typedef {{ end: "empty" | "later", signedOut: number[] }} Round */

export class Sender {
  #outbox;
  #renew;
  #isAtWork = false;
  #isAskedAgain = false;
  #attempt = 0;
  #timer = 0;
  #waitingSince = 0;

  /**
   * @param {{ deliver: () => Promise<Round> }} outbox
   * @param {(signedOut: number[]) => Promise<boolean>} renew  fetches a token anew for whoever is
   *   signed in, if it is one of these; tells whether it did
   */
  constructor(outbox, renew) {
    this.#outbox = outbox;
    this.#renew = renew;
  }

  begin() {
    const now = () => {
      this.#attempt = 0;
      this.send();
    };
    window.addEventListener("online", now);
    window.addEventListener("pageshow", ({ persisted }) => persisted && now());
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
    const { end, signedOut } = await this.#alone(() => this.#deliver());
    tell("sending", { isAtWork: false, end, signedOut });
    const isDone = end === "empty" && signedOut.length === 0; // signing in may have happened elsewhere, or signal have lacked
    this.#attempt = isDone ? 0 : this.#attempt + 1;
    const pause = this.#attempt === 1 ? SETTLE_MS : pauseAfter(this.#attempt);
    if (!isDone) this.#timer = window.setTimeout(() => this.send(), pause);
  }

  /** @returns {Promise<Round>} */
  async #deliver() {
    try {
      const round = await this.#outbox.deliver();
      const isRenewed = round.signedOut.length > 0 && (await this.#renew(round.signedOut));
      return isRenewed ? await this.#outbox.deliver() : round;
    } catch (fault) {
      console.error(fault); // such as a database that does not open; what is kept stays kept
      return { end: "later", signedOut: [] };
    }
  }

  /**
   * Wait for no other tab: it delivers for this one as well. Without locks doubles are harmless.
   *
   * @param {() => Promise<Round>} work
   * @returns {Promise<Round>}
   */
  #alone(work) {
    const { locks } = navigator;
    const hasWaitedLong = this.#waitingSince > 0 && Date.now() - this.#waitingSince > LONGEST_TURN_MS;
    if (!locks || hasWaitedLong) return work();
    return locks.request(LOCK, { ifAvailable: true }, (lock) => {
      this.#waitingSince = lock ? 0 : this.#waitingSince || Date.now();
      return lock ? work() : { end: /** @type {const} */ ("later"), signedOut: [] };
    });
  }
}
