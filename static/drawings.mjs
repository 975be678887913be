/** What is drawn in each icon of static/icons. Pages hold it as it is: a phone draws a hundred of them
 * in a quarter of the time that references to one picture with all of them would take. */
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

const FRAME = /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="0 0 24 24">([\s\S]*)<\/svg>\s*$/;

/**
 * @param {string} name  what the icon is called
 * @param {string} svg  a drawing, in the frame that the template icon.html puts around it again
 * @returns {string}
 */
export function drawing(name, svg) {
  const drawn = FRAME.exec(svg);
  if (!drawn) throw new Error(`The icon ${name} is no svg whose viewBox is 0 0 24 24.`);
  return drawn[1].trim();
}

/**
 * @param {string} folder
 * @returns {Promise<Record<string, string>>} what each file draws, by its name without .svg
 */
export async function drawings(folder) {
  const files = (await readdir(folder)).filter((file) => file.endsWith(".svg")).sort();
  const named = files.map(async (file) => {
    const name = path.basename(file, ".svg");
    return [name, drawing(name, await readFile(path.join(folder, file), "utf8"))];
  });
  return Object.fromEntries(await Promise.all(named));
}
