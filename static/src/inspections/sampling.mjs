/** What the numbers of people asked mean; the share comes with the page, from the standard. */

/**
 * @typedef {object} Rule
 * @property {number} least   so many must be asked
 * @property {number} right   of `of` asked, so many must be right
 * @property {number} of
 */

/**
 * @param {{ least?: string, share?: string }} dataset  `{ least: "5", share: "80/100" }`
 * @returns {Rule}
 */
export function ruleIn(dataset) {
  const [right, of] = (dataset.share ?? "0/1").split("/").map(Number);
  return { least: Number(dataset.least ?? 0), right, of };
}

/**
 * @param {Rule} rule
 * @param {number} asked
 * @returns {number} how many of those asked must be right, rounded up
 */
export function needed(rule, asked) {
  return Math.ceil((asked * rule.right) / rule.of);
}

/**
 * @param {Rule} rule
 * @param {number | null} asked
 * @param {number | null} right  null until somebody has counted
 * @returns {"pass" | "fail" | "more" | ""} empty while nothing was entered
 */
export function outcome(rule, asked, right) {
  if (right === null || asked === null || asked === 0) return "";
  if (asked < rule.least) return "more";
  return right >= needed(rule, asked) ? "pass" : "fail";
}
