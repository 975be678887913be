/** The icon sprite: every drawing of static/icons as one symbol, called as its file. */
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

/**
 * @param {string} name  what the symbol is called
 * @param {string} svg  a drawing with a viewBox
 * @returns {string}
 */
export function symbol(name, svg) {
  const drawing = /<svg\b([^>]*)>([\s\S]*)<\/svg>/.exec(svg);
  const viewBox = drawing && /\bviewBox="([^"]*)"/.exec(drawing[1]);
  if (!viewBox) throw new Error(`The icon ${name} is no svg with a viewBox.`);
  return `<symbol id="${name}" viewBox="${viewBox[1]}">${drawing[2].trim()}</symbol>`;
}

/**
 * @param {string} folder
 * @returns {Promise<string>} one svg with a symbol for each file, in the order of their names
 */
export async function sprite(folder) {
  const files = (await readdir(folder)).filter((file) => file.endsWith(".svg")).sort();
  const symbols = await Promise.all(
    files.map(async (file) =>
      symbol(path.basename(file, ".svg"), await readFile(path.join(folder, file), "utf8")),
    ),
  );
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`;
}
