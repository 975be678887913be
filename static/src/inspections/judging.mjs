/**
 * What a checkpoint still lacks, and which verdict its figures speak for, as far as a phone
 * without signal can tell. The rules come with the page (firesafe/inspections/judging.toml):
 * this only works them out. The service judges again when the visit is handed in.
 *
 * @typedef {Record<string, any>} Facts  of an entry, its photographs, and what the standard asks
 * @typedef {string | number | any[]} Expression
 * @typedef {{ rules: Record<string, Expression>, gaps: { name: string, when: Expression }[] }} Rules
 */

/** @type {Record<string, (parts: Expression[], value: (part: Expression) => any) => any>} */
const OPERATIONS = {
  all: (parts, value) => parts.every((part) => value(part)),
  any: (parts, value) => parts.some((part) => value(part)),
  not: ([part], value) => !value(part),
  known: ([part], value) => value(part) !== null,
  is: ([part, word], value) => value(part) === word,
  "at-most": ([least, most], value) => (value(least) ?? 0) <= (value(most) ?? 0),
  share: ([asked, right, of], value) => Math.ceil(((value(asked) ?? 0) * value(right)) / value(of)),
  made: ([list], value) => (value(list) ?? []).filter((/** @type {any} */ each) => each !== null).length,
};

export class Judge {
  /** @param {Rules} told */
  constructor({ rules, gaps }) {
    this.rules = rules;
    this.gaps = gaps;
  }

  /**
   * @param {Facts} facts
   * @returns {string[]} in the order in which they are filled in
   */
  gapsOf(facts) {
    return this.gaps.filter(({ when }) => this.value(when, facts)).map(({ name }) => name);
  }

  /**
   * @param {Facts} facts
   * @returns {boolean} whether it is answered whole and no failure, so that its heading says it all;
   *   to have no verdict is a gap
   */
  isSettled(facts) {
    return !this.value("is_failed", facts) && this.gapsOf(facts).length === 0;
  }

  /**
   * @param {Facts} facts
   * @returns {"pass" | "fail" | ""} empty while the figures are not complete
   */
  verdictOf(facts) {
    if (this.value("speaks_for_pass", facts)) return "pass";
    return this.value("speaks_for_fail", facts) ? "fail" : "";
  }

  /**
   * @param {Facts} facts
   * @returns {"pass" | "fail" | "more" | ""} what the numbers of people asked mean; empty before any
   */
  outcomeOf(facts) {
    if (!facts.asked_count || facts.correct_count === null) return "";
    if (!this.value("is_counted", facts)) return "more";
    return this.value("is_right", facts) ? "pass" : "fail";
  }

  /**
   * @param {Expression} expression
   * @param {Facts} facts
   * @returns {any}
   */
  value(expression, facts) {
    if (typeof expression === "number") return expression;
    if (typeof expression === "string") {
      const rule = this.rules[expression];
      return rule === undefined ? facts[expression] : this.value(rule, facts);
    }
    const [operation, ...parts] = expression;
    return OPERATIONS[operation](parts, (part) => this.value(part, facts));
  }
}
