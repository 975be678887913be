/** The script of the page that checks a case: one classic script, because it is opened from a disk. */
import path from "node:path";

import { build } from "esbuild";

/**
 * @param {string} here  the folder that holds src
 * @param {string} dist
 * @returns {Promise<Record<string, string>>} what it is called, by its own name
 */
export async function writeChecker(here, dist) {
  const { metafile } = await build({
    absWorkingDir: here,
    entryPoints: { "case-check": "src/cases/check.mjs" },
    outdir: dist,
    entryNames: "[name]-[hash]",
    bundle: true,
    charset: "ascii",
    format: "iife", // a module is not loaded from a disk
    minify: true,
    metafile: true,
    target: ["chrome78", "safari14.1"],
    logLevel: "warning",
  });
  return { "case-check.js": path.basename(Object.keys(metafile.outputs)[0]) };
}
