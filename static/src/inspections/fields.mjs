/** What the fields of a checkpoint mean: their names carry its code, `A3-02-seen`. */

/** @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Field */

const NAME = /^([A-Z]\d-\d\d)-(\w+)$/;
const NUMBERS = new Set(["asked_count", "correct_count", "drill_seconds", "grace_days"]);
const PAGE_ONLY = new Set(["version", "was", "photos_found", "photos_put_right"]);

/**
 * @param {string} name
 * @returns {{ code: string, field: string } | null} null for fields that are no answer
 */
export function partsOf(name) {
  const found = NAME.exec(name);
  return found && !PAGE_ONLY.has(found[2]) ? { code: found[1], field: found[2] } : null;
}

/**
 * @param {string} field
 * @param {string} text
 * @returns {string | number | null} as the service takes it; no number and no grade are null
 */
export function valueOf(field, text) {
  if (NUMBERS.has(field)) return text.trim() === "" ? null : Number(text);
  return field === "grade" && text === "" ? null : text;
}

/**
 * @param {{ type: string, value: string, checked?: boolean }[]} steps  the fields of a drill, in order
 * @returns {(number | null)[]} the second of each step; a ticked step was made, at no known second
 */
export function stepsOf(steps) {
  return steps.map((step) => {
    if (step.type === "checkbox") return step.checked ? 0 : null;
    return step.value.trim() === "" ? null : Math.ceil(Number(step.value));
  });
}

/**
 * @param {Field} field  that was changed
 * @param {Element} row  the checkpoint it stands in
 * @returns {{ code: string, changes: Record<string, unknown> } | null}
 */
export function changeOf(field, row) {
  const parts = partsOf(field.name);
  if (!parts) return null;
  if (parts.field === "drill_steps") {
    const steps = /** @type {HTMLInputElement[]} */ ([...row.querySelectorAll(`[name="${field.name}"]`)]);
    return { code: parts.code, changes: { drill_steps: stepsOf(steps) } };
  }
  const isTick = field instanceof HTMLInputElement && field.type === "checkbox";
  const value = isTick ? field.checked : valueOf(parts.field, field.value);
  return { code: parts.code, changes: { [parts.field]: value } };
}

/**
 * Put what the service says into the fields of a row, except where somebody is writing
 * something else than what he is told about.
 *
 * @param {Element} row
 * @param {string} code
 * @param {Record<string, unknown>} entry
 * @param {Record<string, unknown>} [told]  fields that he is told about
 */
export function fill(row, code, entry, told = {}) {
  for (const field of /** @type {NodeListOf<Field>} */ (row.querySelectorAll("[name]"))) {
    const name = partsOf(field.name)?.field;
    if (!name || name === "drill_steps" || !(name in entry)) continue;
    if (field === document.activeElement && !(name in told)) continue;
    const value = entry[name];
    if (field instanceof HTMLInputElement && field.type === "radio") field.checked = field.value === value;
    else if (field instanceof HTMLInputElement && field.type === "checkbox") field.checked = value === true;
    else if (name !== "requirement" || value) field.value = value === null ? "" : String(value);
  }
  fillSteps(row, `${code}-drill_steps`, /** @type {(number | null)[] | null} */ (entry.drill_steps));
}

/**
 * @param {Element} row
 * @param {string} name
 * @param {(number | null)[] | null} seconds
 */
function fillSteps(row, name, seconds) {
  const steps = /** @type {NodeListOf<HTMLInputElement>} */ (row.querySelectorAll(`[name="${name}"]`));
  steps.forEach((step, place) => {
    const second = seconds?.[place] ?? null;
    if (step.type === "checkbox") step.checked = second !== null;
    else step.value = second === null ? "" : String(second);
  });
}
