/**
 * Build static/dist: the script and style bundles, the pictures, and manifest.json, which tells the
 * service what each is called this time. Names carry a hash of the content, so a browser may
 * keep a file for ever. Beside each lies what WhiteNoise sends to browsers that unpack.
 */
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";

import { build } from "esbuild";

import { iconPng, iconSvg } from "./app-icon.mjs";
import { writeChecker } from "./checker.mjs";
import { writeDecoder } from "./decoder.mjs";
import { drawings } from "./drawings.mjs";
import { chunkOf, oneChunkEach } from "./one-chunk.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const dist = path.join(here, "dist");
const TARGET = ["chrome78", "safari14.1"];
const ENTRIES = ["src/main.mjs", "css/main.css", "css/more.css", "css/pdf/paper.css"];
const LAYERS = ["src/main.mjs", "src/phone.mjs", "src/visit.mjs", "src/day.mjs"];
const ICON_SIZES = [180, 192, 512]; // an iPhone's home screen; the manifest's two

/** @returns {Promise<Record<string, string>>} what each entry is called, by its own name */
async function bundle() {
  /** @type {import("esbuild").BuildOptions & { absWorkingDir: string }} */
  const options = {
    absWorkingDir: here,
    entryPoints: ENTRIES,
    outdir: dist,
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    assetNames: "[name]-[hash]",
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    format: "esm",
    minify: true,
    target: TARGET,
    logLevel: "warning",
  };
  const { metafile } = await build({ ...options, metafile: true, plugins: [oneChunkEach(options, LAYERS)] });
  const named = Object.entries(metafile.outputs).filter(([, { entryPoint = "" }]) => ENTRIES.includes(entryPoint)).map(([file, { entryPoint }]) => [entryPoint, file]);
  const layers = LAYERS.map((layer) => [layer, chunkOf(metafile, LAYERS, layer)]);
  for (const [name, file] of named) if (LAYERS.includes(name ?? "")) await rm(path.join(here, file)); // a name for its layer, which nobody asks for
  return Object.fromEntries([...named, ...layers].map(([name = "", file]) => [path.basename(name), path.basename(file)]));
}

/** @returns {Promise<Record<string, string>>} what the pictures are called, by their own names */
async function writePictures() {
  const pictures = new Map([
    ["app-icon.svg", Buffer.from(iconSvg())],
    ...ICON_SIZES.map((size) => /** @type {[string, Buffer]} */ ([`app-icon-${size}.png`, iconPng(size)])),
  ]);
  const named = Array.from(pictures, ([name, content]) => ({ name, content, file: hashed(name, content) }));
  await Promise.all(named.map(({ file, content }) => writeFile(path.join(dist, file), content)));
  return Object.fromEntries(named.map(({ name, file }) => [name, file]));
}

/**
 * @param {string} name
 * @param {Buffer} content
 */
function hashed(name, content) {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 8).toUpperCase();
  const { name: stem, ext } = path.parse(name);
  return `${stem}-${hash}${ext}`;
}

/**
 * The service worker is a classic script of its own, and knows by name what the phone keeps.
 *
 * @param {string} styles  those of the printed papers, which no phone needs
 */
async function writeWorker(styles) {
  const names = (await readdir(dist)).filter((name) => /\.(mjs|css|svg)$/.test(name) && name !== styles).sort();
  const files = names.map((name) => `/static/${name}`);
  const version = createHash("sha256").update(files.join()).digest("hex").slice(0, 8);
  await build({
    absWorkingDir: here,
    entryPoints: ["src/offline/service-worker.mjs"],
    outfile: path.join(dist, "service-worker.js"),
    define: { FILES: JSON.stringify(files), VERSION: JSON.stringify(version) },
    bundle: true,
    format: "iife",
    minify: true,
    target: TARGET,
    logLevel: "warning",
  });
}

async function compress() {
  for (const name of await readdir(dist)) {
    const content = await readFile(path.join(dist, name));
    await writeFile(path.join(dist, `${name}.br`), brotliCompressSync(content));
    await writeFile(path.join(dist, `${name}.gz`), gzipSync(content, { level: 9 }));
  }
}

await rm(dist, { recursive: true, force: true });
await mkdir(dist);
const manifest = {
  ...(await bundle()),
  ...(await writeDecoder(here, dist)),
  ...(await writeChecker(here, dist)),
  ...(await writePictures()),
};
await writeWorker(manifest["paper.css"]);
await compress();
await writeFile(path.join(dist, "drawings.json"), JSON.stringify(await drawings(path.join(here, "icons"))));
await writeFile(path.join(dist, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
