/** What is drawn on a photograph: arrows, rings and words, in the photograph's own points. */

/** @typedef {{ x: number, y: number }} Point */
/** @typedef {{ width: number, height: number }} Size */
/** @typedef {{ kind: "arrow" | "ring", from: Point, to: Point }} Shape */
/** @typedef {{ kind: "text", at: Point, words: string }} Words */
/** @typedef {Shape | Words} Mark */
/** @typedef {Mark["kind"]} Tool */

const TAP = 0.02; // of the longer edge: a finger that moved no further has tapped
const REACH = 0.09;

/** @param {Size} size  so that a line is as thick on every photograph */
export function thickness({ width, height }) {
  return Math.max(width, height) / 150;
}

/** @param {Size} size */
export function letterHeight(size) {
  return thickness(size) * 7;
}

/**
 * @param {"arrow" | "ring"} kind
 * @param {Point} from
 * @param {Point} to
 * @param {Size} size
 * @returns {Shape} as drawn, or of a usual size around a place that was only tapped
 */
export function shape(kind, from, to, size) {
  const longer = Math.max(size.width, size.height);
  if (Math.hypot(to.x - from.x, to.y - from.y) >= longer * TAP) return { kind, from, to };
  const reach = longer * REACH;
  const away = { x: from.x - reach, y: from.y + reach };
  if (kind === "arrow") return { kind, from: away, to: from };
  return { kind, from: { x: from.x - reach, y: from.y - reach }, to: { x: from.x + reach, y: from.y + reach } };
}

/**
 * @param {Mark} mark
 * @param {number} dx
 * @param {number} dy
 * @returns {Mark}
 */
export function moved(mark, dx, dy) {
  const by = (/** @type {Point} */ { x, y }) => ({ x: x + dx, y: y + dy });
  if (mark.kind === "text") return { ...mark, at: by(mark.at) };
  return { ...mark, from: by(mark.from), to: by(mark.to) };
}

/**
 * @param {Shape} mark
 * @param {Size} size
 * @returns {string} a path, as SVG and canvas both read it
 */
export function pathOf({ kind, from, to }, size) {
  return kind === "arrow" ? arrow(from, to, thickness(size) * 6) : ring(from, to);
}

/**
 * @param {Point} from
 * @param {Point} to
 * @param {number} reach  of the two strokes at the tip
 */
function arrow(from, to, reach) {
  const angle = Math.atan2(to.y - from.y, to.x - from.x);
  const side = Math.min(reach, Math.hypot(to.x - from.x, to.y - from.y) * 0.6);
  const [left, right] = [-0.5, 0.5].map((turn) => {
    return text(to.x - side * Math.cos(angle + turn), to.y - side * Math.sin(angle + turn));
  });
  return `M ${text(from.x, from.y)} L ${text(to.x, to.y)} M ${left} L ${text(to.x, to.y)} L ${right}`;
}

/**
 * @param {Point} from  one corner of the box around it
 * @param {Point} to
 */
function ring(from, to) {
  const [left, right] = [Math.min(from.x, to.x), Math.max(from.x, to.x)];
  const middle = (from.y + to.y) / 2;
  const radii = text((right - left) / 2, Math.abs(to.y - from.y) / 2);
  return `M ${text(left, middle)} A ${radii} 0 1 0 ${text(right, middle)} A ${radii} 0 1 0 ${text(left, middle)} Z`;
}

/**
 * @param {number} x
 * @param {number} y
 */
function text(x, y) {
  return `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`;
}

/**
 * Where words stand: around their place, within the photograph, smaller if they would not fit.
 *
 * @param {Words} mark
 * @param {Size} size
 * @param {number} widthOfOne  how wide the words are when letters are one point high
 * @returns {{ x: number, y: number, height: number }} the middle of the words, and of their letters
 */
export function placed({ at }, size, widthOfOne) {
  const room = size.width - 4 * thickness(size);
  const height = Math.min(letterHeight(size), room / Math.max(widthOfOne, 0.1));
  const half = (widthOfOne * height) / 2 + 2 * thickness(size);
  return {
    x: between(half, at.x, size.width - half),
    y: between(height, at.y, size.height - height),
    height,
  };
}

/**
 * @param {number} least
 * @param {number} value
 * @param {number} most
 */
export function between(least, value, most) {
  return Math.max(least, Math.min(value, most));
}
