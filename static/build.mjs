/**
 * Build static/dist: the script and style bundles, the icon sprite, and manifest.json, which tells
 * the service what each is called this time. Names carry a hash of the content, so a browser may
 * keep a file for ever. Beside each lies what WhiteNoise sends to browsers that unpack.
 */
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";

import { build } from "esbuild";

import { sprite } from "./sprite.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const dist = path.join(here, "dist");
const ENTRIES = ["src/main.mjs", "css/main.css", "css/pdf/paper.css"];

/** @returns {Promise<Record<string, string>>} what each entry is called, by its own name */
async function bundle() {
  const { metafile } = await build({
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
    metafile: true,
    target: ["chrome78", "safari14.1"],
    logLevel: "warning",
  });
  return Object.fromEntries(
    Object.entries(metafile.outputs)
      .filter(([, output]) => ENTRIES.includes(output.entryPoint))
      .map(([file, output]) => [path.basename(output.entryPoint), path.basename(file)]),
  );
}

/** @returns {Promise<string>} what the sprite is called */
async function writeSprite() {
  const svg = await sprite(path.join(here, "icons"));
  const hash = createHash("sha256").update(svg).digest("hex").slice(0, 8).toUpperCase();
  await writeFile(path.join(dist, `sprite-${hash}.svg`), svg);
  return `sprite-${hash}.svg`;
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
const manifest = { ...(await bundle()), "sprite.svg": await writeSprite() };
await compress();
await writeFile(path.join(dist, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
