/**
 * Keep answers on the server, one checkpoint after the other, until they are there.
 *
 * Each checkpoint has a queue of its own: what is changed while an earlier change is on its
 * way waits and goes in one piece, so the latest always wins. What could not be delivered is
 * tried again, with longer and longer pauses, and at once when the connection is back. Where
 * the page itself is no longer good, because its sign-in ended, all of it waits for the next one.
 *
 * @typedef {Record<string, unknown>} Changes   by the name of the field
 * @typedef {{ kind: "kept" | "stale" | "refused" | "shut" | "unreachable", version?: number, mine?: Changes, [more: string]: unknown }} Outcome
 * @typedef {(version: number) => Promise<Outcome>} Task   something else that changes the version
 * @typedef {{ version: number, waiting: Changes | null, sent: Changes | null, tasks: Task[], isBusy: boolean, attempt: number }} Line
 */

const LONGEST_PAUSE_MS = 30_000;

/**
 * @param {number} attempt  how often it was tried in vain, from 1
 * @returns {number} milliseconds: 1, 2, 4 … seconds, thirty at most
 */
export function pauseAfter(attempt) {
  return Math.min(1000 * 2 ** (attempt - 1), LONGEST_PAUSE_MS);
}

export class AnswerSaver {
  /** @type {Map<string, Line>} */
  #lines = new Map();
  #parts;

  /**
   * @param {object} parts
   * @param {(code: string, version: number, changes: Changes) => Promise<Outcome>} parts.send
   * @param {(ms: number) => Promise<void>} parts.pause  ends early when the connection is back
   * @param {(code: string, outcome: Outcome) => void} parts.tell  hears of every outcome
   * @param {(waiting: Record<string, Changes>) => void} parts.remember  keeps what is not delivered
   */
  constructor(parts) {
    this.#parts = parts;
  }

  /**
   * @param {string} code
   * @param {number} version  that the page was made with
   */
  know(code, version) {
    this.#lines.set(code, { version, waiting: null, sent: null, tasks: [], isBusy: false, attempt: 0 });
  }

  /**
   * @param {string} code
   * @param {Changes} changes
   */
  change(code, changes) {
    const line = this.#line(code);
    line.waiting = { ...line.waiting, ...changes };
    this.#remember();
    return this.#work(code, line);
  }

  /**
   * Do something else that changes the checkpoint, in turn with its answers.
   *
   * @param {string} code
   * @param {Task} task
   * @returns {Promise<Outcome>} once the service has answered, be it after many attempts
   */
  afterwards(code, task) {
    const line = this.#line(code);
    return new Promise((resolve) => {
      line.tasks.push(async (version) => {
        const outcome = await task(version);
        if (outcome.kind !== "unreachable") resolve(outcome);
        return outcome;
      });
      this.#work(code, line);
    });
  }

  /** Whether something is still on its way. */
  get isWaiting() {
    return [...this.#lines.values()].some((line) => line.sent || line.waiting || line.tasks.length > 0);
  }

  /** @param {string} code */
  #line(code) {
    const line = this.#lines.get(code);
    if (!line) throw new Error(`The page has no checkpoint ${code}.`);
    return line;
  }

  /**
   * @param {string} code
   * @param {Line} line
   */
  async #work(code, line) {
    if (line.isBusy) return;
    line.isBusy = true;
    while (line.waiting || line.tasks.length) {
      const outcome = await (line.waiting ? this.#sendChanges(code, line) : this.#doTask(line));
      line.attempt = outcome.kind === "unreachable" ? line.attempt + 1 : 0;
      if (outcome.version !== undefined) line.version = outcome.version;
      this.#remember();
      this.#parts.tell(code, outcome);
      if (outcome.kind === "shut") break;
      if (line.attempt) await this.#parts.pause(pauseAfter(line.attempt));
    }
    line.isBusy = false;
  }

  /**
   * @param {string} code
   * @param {Line} line
   * @returns {Promise<Outcome>} a stale one with what was not taken, and what came later
   */
  async #sendChanges(code, line) {
    line.sent = /** @type {Changes} */ (line.waiting);
    line.waiting = null;
    const outcome = await this.#parts.send(code, line.version, line.sent);
    const mine = undelivered(line);
    line.sent = null;
    if (outcome.kind === "unreachable" || outcome.kind === "shut") line.waiting = mine;
    if (outcome.kind !== "stale") return outcome;
    line.waiting = null;
    return { ...outcome, mine };
  }

  /** @param {Line} line */
  async #doTask(line) {
    const outcome = await line.tasks[0](line.version);
    if (outcome.kind !== "unreachable") line.tasks.shift();
    return outcome;
  }

  #remember() {
    /** @type {Record<string, Changes>} */
    const waiting = {};
    for (const [code, line] of this.#lines) if (line.sent || line.waiting) waiting[code] = undelivered(line);
    this.#parts.remember(waiting);
  }
}

/**
 * @param {Line} line
 * @returns {Changes} on their way or waiting, the later over the earlier
 */
function undelivered(line) {
  return { ...line.sent, ...line.waiting };
}
