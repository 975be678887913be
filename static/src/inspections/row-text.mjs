/** The rows of the checklist as the service sends them, see firesafe/inspections/row_text.py. */
const ITEM = /<!--(\w\d)-->/; // stands before the rows of each
const ROW = /<!--(\w\d-\d\d)-->/; // stands before each row, in which marks stand for its code

/**
 * @param {string} text
 * @returns {Map<string, string>} the text of each item
 */
export function byItem(text) {
  const [, ...parts] = text.split(ITEM);
  return new Map(parts.flatMap((part, place) => (place % 2 ? [] : [[part, parts[place + 1]]])));
}

/**
 * @param {string} text  of an item
 * @returns {string} its markup, each row with its code
 */
export function coded(text) {
  const [head, ...parts] = text.split(ROW);
  const rows = parts.map((part, place) => (place % 2 ? part.replace(/\{code\}/g, parts[place - 1]).replace(/\{id\}/g, parts[place - 1].toLowerCase()) : ""));
  return head + rows.join("");
}
