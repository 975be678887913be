/** The words a script may say: they come with the page, in its language, with {name} places. */

/**
 * @param {string} template
 * @param {Record<string, string | number>} parts
 */
export function worded(template, parts) {
  return template.replace(/\{(\w+)\}/g, (_, name) => String(parts[name]));
}

/**
 * @param {ParentNode} element
 * @param {string} selector  of the JSON in it
 */
export function wordsIn(element, selector) {
  return JSON.parse(element.querySelector(selector)?.textContent ?? "{}");
}
