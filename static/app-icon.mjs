/**
 * The picture of the service on a home screen and in a tab: four squares, the last one paler.
 *
 * It is square to its edges, because each system cuts its own shape out of it; what matters
 * stands in the middle four fifths, which every shape leaves.
 */
import { crc32, deflateSync } from "node:zlib";

const SIDE = 32; // of the drawing below
const GROUND = "#1d4f6e";
const SQUARES = [
  { x: 8, y: 8, side: 7, colour: "#ffffff" },
  { x: 17, y: 8, side: 7, colour: "#ffffff" },
  { x: 8, y: 17, side: 7, colour: "#ffffff" },
  { x: 17, y: 17, side: 7, colour: "#86aec6" },
];

/** @returns {string} an SVG with round corners, for the tab of a browser, which cuts nothing out */
export function iconSvg() {
  const squares = SQUARES.map(({ x, y, side, colour }) => `<path fill="${colour}" d="M${x} ${y}h${side}v${side}h-${side}z"/>`);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIDE} ${SIDE}"><rect width="${SIDE}" height="${SIDE}" rx="7" fill="${GROUND}"/>${squares.join("")}</svg>\n`;
}

/**
 * @param {number} size  in pixels
 * @returns {Buffer} a PNG
 */
export function iconPng(size) {
  const lines = Array.from({ length: size }, (_each, y) => line(size, y));
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 2, 0, 0, 0], 8); // eight bits each of red, green and blue; nothing special
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const pixels = deflateSync(Buffer.concat(lines), { level: 9 });
  return Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", pixels), chunk("IEND", Buffer.alloc(0))]);
}

/**
 * @param {number} size
 * @param {number} y
 * @returns {Buffer} one line of pixels behind the number of its filter, none
 */
function line(size, y) {
  const pixels = Array.from({ length: size }, (_each, x) => rgb(colourAt(((x + 0.5) * SIDE) / size, ((y + 0.5) * SIDE) / size)));
  return Buffer.from([0, ...pixels.flat()]);
}

/**
 * @param {number} x
 * @param {number} y
 */
function colourAt(x, y) {
  return SQUARES.find((square) => x >= square.x && x < square.x + square.side && y >= square.y && y < square.y + square.side)?.colour ?? GROUND;
}

/** @param {string} colour  as in a style sheet: #1d4f6e */
function rgb(colour) {
  return [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
}

/**
 * @param {string} name
 * @param {Buffer} content
 */
function chunk(name, content) {
  const named = Buffer.concat([Buffer.from(name), content]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(content.length, 0);
  frame.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)]);
}
