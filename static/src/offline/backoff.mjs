/** How long to wait before trying again. */

const LONGEST_MS = 300_000;

/**
 * @param {number} attempt  how often it was tried in vain, from 1
 * @param {number} [chance]  from 0 to 1: phones that lost the same mast do not all come back at once
 * @returns {number} milliseconds: about 1, 2, 4 … seconds, five minutes at most
 */
export function pauseAfter(attempt, chance = Math.random()) {
  const whole = Math.min(1000 * 2 ** (attempt - 1), LONGEST_MS);
  return whole * (0.75 + chance / 4);
}
