/** Asks the worker what a picture says. It is started with the first picture, and only then fetched. */

/** @typedef {{ id: number, text?: string | null, fault?: string }} Answer */

export class Decoder {
  /** @type {Worker | null} */
  #worker = null;
  #last = 0;
  /** @type {Map<number, (answer: Answer) => void>} */
  #waiting = new Map();

  /**
   * @param {object} parts
   * @param {string} parts.script  address of the worker
   * @param {string} parts.wasm    address of what it compiles
   * @param {(script: string) => Worker} [parts.start]
   */
  constructor({ script, wasm, start = (address) => new Worker(address) }) {
    this.script = script;
    this.wasm = wasm;
    this.start = start;
  }

  /**
   * @param {ImageData} picture  given away, not copied
   * @returns {Promise<string | null>} what the code in it says, or null if none was seen
   * @throws {Error} this browser cannot read codes, or the reader could not be fetched
   */
  async read(picture) {
    const worker = this.#started();
    const id = (this.#last += 1);
    const { text, fault } = await new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      worker.postMessage({ id, picture }, [picture.data.buffer]);
    });
    if (fault) throw new Error(fault);
    return text ?? null;
  }

  /** Whoever still waits is told that nothing was seen. */
  close() {
    this.#end({ text: null });
  }

  /** @param {Pick<Answer, "text" | "fault">} answer */
  #end(answer) {
    this.#worker?.terminate();
    this.#worker = null; // the next picture starts another
    for (const id of [...this.#waiting.keys()]) this.#answer({ id, ...answer });
  }

  #started() {
    if (this.#worker) return this.#worker;
    const worker = this.start(this.script);
    worker.onmessage = ({ data }) => this.#answer(data);
    worker.onerror = (event) => {
      event.preventDefault?.();
      this.#end({ fault: "the reader could not be started" });
    };
    worker.postMessage({ wasm: new URL(this.wasm, location.href).href });
    this.#worker = worker;
    return worker;
  }

  /** @param {Answer} answer */
  #answer(answer) {
    this.#waiting.get(answer.id)?.(answer);
    this.#waiting.delete(answer.id);
  }
}
