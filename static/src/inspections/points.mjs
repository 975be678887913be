/** The checkpoints in the order of the standard, and what it asks at each; they come with the page. */

/** @typedef {import("./judging.mjs").Facts} Facts */
/** @typedef {{ asked: number, needed: number, workers: number }} Sample  of how many are asked, and must be right */
/** @typedef {{ code: string, title: string, asked: Facts, sample?: Sample, bases?: string, is_preset?: boolean }} Point */

export class Points {
  /** @param {Point[]} told */
  constructor(told) {
    this.all = told;
    this.byCode = new Map(told.map((point) => [point.code, point]));
  }

  /** @param {string} code */
  at(code) {
    return /** @type {Point} */ (this.byCode.get(code));
  }

  /**
   * @param {string} code
   * @param {Facts} entry
   * @returns {Facts} what was entered, with what is asked
   */
  factsOf(code, entry) {
    return { ...this.at(code).asked, ...entry };
  }

  /**
   * Ask as many as are due where so many work; an empty sheet does not know it.
   *
   * @param {string} code
   * @param {Sample} sample
   */
  askFor(code, sample) {
    const point = this.at(code);
    point.sample = sample;
    point.asked.least = sample.asked;
  }
}
