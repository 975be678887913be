/** The marks twice: as SVG over the photograph while one draws, and in the photograph at the end. */
import { pathOf, placed, thickness } from "./marks.mjs";

/** @typedef {import("./marks.mjs").Mark} Mark */
/** @typedef {import("./marks.mjs").Size} Size */

const SVG = "http://www.w3.org/2000/svg";
const RED = "#d81b1b";
const WHITE = "#fff"; // around the red, so that it shows on red walls and in dark corners
const EDGE = 0.45; // of the thickness, on either side
const FONT = '"PingFang SC", "HarmonyOS Sans SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif';

/**
 * @param {number} height
 * @returns {string}
 */
function font(height) {
  return `600 ${height}px ${FONT}`;
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {string} words
 */
function widthOfOne(pen, words) {
  pen.font = font(100);
  return pen.measureText(words).width / 100;
}

/**
 * @param {SVGSVGElement} overlay
 * @param {Mark[]} marks
 * @param {Size} size
 * @param {CanvasRenderingContext2D} pen  only to measure with
 */
export function show(overlay, marks, size, pen) {
  overlay.textContent = "";
  for (const mark of marks) {
    for (const [colour, extra] of layers(size)) overlay.append(element(mark, size, pen, colour, extra));
  }
}

/**
 * @param {Size} size
 * @returns {[string, number][]} white below, red above; each colour and how much it stands out
 */
function layers(size) {
  return [[WHITE, thickness(size) * EDGE * 2], [RED, 0]];
}

/**
 * @param {Mark} mark
 * @param {Size} size
 * @param {CanvasRenderingContext2D} pen
 * @param {string} colour
 * @param {number} extra
 */
function element(mark, size, pen, colour, extra) {
  if (mark.kind !== "text") {
    const path = document.createElementNS(SVG, "path");
    set(path, { "d": pathOf(mark, size), "fill": "none", "stroke": colour, "stroke-width": thickness(size) + extra });
    return path;
  }
  const { x, y, height } = placed(mark, size, widthOfOne(pen, mark.words));
  const text = document.createElementNS(SVG, "text");
  set(text, { x, "y": y + height * 0.36, "fill": colour, "stroke": colour, "stroke-width": extra });
  set(text, { "font-size": height, "font-family": FONT, "font-weight": 600, "text-anchor": "middle" });
  text.textContent = mark.words;
  return text;
}

/**
 * @param {Element} element
 * @param {Record<string, string | number>} attributes
 */
function set(element, attributes) {
  element.setAttribute("stroke-linecap", "round");
  element.setAttribute("stroke-linejoin", "round");
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
}

/**
 * @param {CanvasRenderingContext2D} pen  of the photograph
 * @param {Mark[]} marks
 * @param {Size} size
 */
export function paint(pen, marks, size) {
  pen.lineCap = "round";
  pen.lineJoin = "round";
  pen.textAlign = "center";
  for (const mark of marks) {
    for (const [colour, extra] of layers(size)) {
      pen.strokeStyle = colour;
      pen.fillStyle = colour;
      if (mark.kind === "text") write(pen, mark, size, extra);
      else stroke(pen, pathOf(mark, size), thickness(size) + extra);
    }
  }
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {string} path
 * @param {number} width
 */
function stroke(pen, path, width) {
  pen.lineWidth = width;
  pen.stroke(new Path2D(path));
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {import("./marks.mjs").Words} mark
 * @param {Size} size
 * @param {number} extra
 */
function write(pen, mark, size, extra) {
  const { x, y, height } = placed(mark, size, widthOfOne(pen, mark.words));
  pen.font = font(height);
  pen.lineWidth = extra;
  if (extra) pen.strokeText(mark.words, x, y + height * 0.36);
  pen.fillText(mark.words, x, y + height * 0.36);
}
