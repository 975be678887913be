/** What stands in the form of a re-check, read and written; the names are those of its fields. */

/** @typedef {import("../offline/rechecks.mjs").Filled} Filled */
/** @typedef {import("../offline/rechecks.mjs").Judged} Judged */

/**
 * @param {HTMLFormElement} form
 * @param {string} zone  of the county's clock, such as +08:00
 * @returns {Filled}
 */
export function readForm(form, zone) {
  const there = valueOf(form, "rechecked_at");
  return {
    manner: valueOf(form, "manner"),
    occasion: valueOf(form, "occasion"),
    second: Number(valueOf(form, "second_id")) || null,
    statement: valueOf(form, "statement"),
    madeAt: there && new Date(`${there}:00${zone}`).toISOString(),
    steps: fieldsOf(form, "steps").filter(({ checked }) => checked).map(({ value }) => value),
    judgements: Array.from(form.querySelectorAll("[data-finding]"), (part) => judgedIn(form, /** @type {HTMLElement} */ (part))),
  };
}

/**
 * @param {HTMLFormElement} form
 * @param {Filled} filled  of which only what the form still asks for is written into it
 * @param {string} zone
 */
export function fillForm(form, { occasion, second, statement, madeAt, steps, judgements }, zone) {
  const values = { occasion, second_id: second ? String(second) : "", statement, rechecked_at: madeAt && wallClock(new Date(madeAt), zone) };
  for (const [name, value] of Object.entries(values)) if (value) write(form, name, [value]);
  write(form, "steps", steps);
  for (const { finding, result, reason } of judgements) {
    write(form, `finding-${finding}-result`, [result]);
    write(form, `finding-${finding}-reason`, [reason]);
  }
}

/**
 * @param {Date} moment
 * @param {string} zone
 * @returns {string} as a field for day and time has it
 */
export function wallClock(moment, zone) {
  const [, sign, hours, minutes] = /** @type {RegExpExecArray} */ (/^([+-])(\d\d):(\d\d)$/.exec(zone));
  const ahead = (Number(hours) * 60 + Number(minutes)) * (sign === "-" ? -1 : 1);
  return new Date(moment.getTime() + ahead * 60_000).toISOString().slice(0, 16);
}

/**
 * What is missing, by the names under which the page has its words.
 *
 * @param {Filled} filled
 * @param {{ reasonFor: string[], secondFor: string }} rules  results that need a reason, and the manner that takes two
 * @returns {{ word: string, code?: string, finding?: number }[]}
 */
export function missingIn({ manner, second, judgements }, { reasonFor, secondFor }) {
  const judged = judgements.filter(({ result, isGone }) => result && !isGone);
  const bare = judged.filter(({ result, reason }) => reasonFor.includes(result) && !reason.trim());
  return [
    ...(judged.length ? [] : [{ word: "none" }]),
    ...bare.map(({ code, finding }) => ({ word: "reason", code, finding })),
    ...(manner === secondFor && !second ? [{ word: "second" }] : []),
  ];
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLElement} part
 * @returns {Judged}
 */
function judgedIn(form, { dataset: { finding = "", code = "" } }) {
  const value = (/** @type {string} */ name) => valueOf(form, `finding-${finding}-${name}`);
  return { finding: Number(finding), code, version: Number(value("version")), result: value("result"), reason: value("reason") };
}

/**
 * @param {HTMLFormElement} form
 * @param {string} name
 * @returns {HTMLInputElement[]}
 */
function fieldsOf(form, name) {
  return Array.from(form.elements).filter((field) => /** @type {HTMLInputElement} */ (field).name === name).map((field) => /** @type {HTMLInputElement} */ (field));
}

/** @param {HTMLInputElement} field */
function isChoice({ type }) {
  return type === "radio" || type === "checkbox";
}

/**
 * @param {HTMLFormElement} form
 * @param {string} name
 * @returns {string} empty where the form has no such field, or nothing is chosen
 */
function valueOf(form, name) {
  return fieldsOf(form, name).find((field) => !isChoice(field) || field.checked)?.value ?? "";
}

/**
 * @param {HTMLFormElement} form
 * @param {string} name
 * @param {string[]} values
 */
function write(form, name, values) {
  for (const field of fieldsOf(form, name)) {
    if (isChoice(field)) field.checked = values.includes(field.value);
    else field.value = values[0];
  }
}
