/** The reader of QR codes: a worker of its own, and the WebAssembly it fetches when it is needed. */
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";

import { build } from "esbuild";

const WASM = "node_modules/zxing-wasm/dist/reader/zxing_reader.wasm";

/**
 * @param {string} here  the folder that holds src
 * @param {string} dist
 * @returns {Promise<Record<string, string>>} what each is called, by its own name
 */
export async function writeDecoder(here, dist) {
  const { metafile } = await build({
    absWorkingDir: here,
    entryPoints: ["src/camera/decoder-worker.mjs"],
    outdir: dist,
    entryNames: "[name]-[hash]",
    bundle: true,
    format: "iife", // Chrome before 80 and Safari before 15 have no workers that are modules
    minify: true,
    metafile: true,
    target: ["chrome78", "safari14.1"],
    logLevel: "warning",
  });
  const wasm = await readFile(path.join(here, "..", WASM));
  const hash = createHash("sha256").update(wasm).digest("hex").slice(0, 8).toUpperCase();
  await writeFile(path.join(dist, `zxing_reader-${hash}.wasm`), wasm);
  return { "decoder-worker.js": path.basename(Object.keys(metafile.outputs)[0]), "zxing_reader.wasm": `zxing_reader-${hash}.wasm` };
}
