/**
 * Keeps together what is needed together. Left alone, esbuild makes a file of every set of modules
 * that some pages share: a page of an officer came in forty small files. Here a layer is one module
 * and all it imports, less the layers before it. Whoever imports anything of a layer imports all of
 * it, and so it becomes one file. The first layer is on every page; with it comes what esbuild adds.
 *
 * @typedef {import("esbuild").BuildOptions} BuildOptions
 * @typedef {import("esbuild").Metafile} Metafile
 */
import { readFile } from "node:fs/promises";
import path from "node:path";

import { build } from "esbuild";

import { plainNames } from "./plain-names.mjs";

/**
 * @param {BuildOptions & { absWorkingDir: string }} options  of the build that this is for
 * @param {string[]} layers  modules; each may import from itself and from those before it only
 * @returns {import("esbuild").Plugin}
 */
export function oneChunkEach(options, layers) {
  return {
    name: "one-chunk-each",
    async setup({ onLoad }) {
      const { metafile } = await build({ ...options, plugins: [], write: false, metafile: true });
      const members = membersOf(metafile, layers);
      onLoad({ filter: /[/\\]src[/\\].*\.mjs$/ }, async ({ path: file }) => {
        const own = path.relative(options.absWorkingDir, file).split(path.sep).join("/");
        const wanted = new Set([layers[0], ...importsOf(metafile, own).map((each) => members.get(each))]);
        wanted.delete(members.get(own));
        const whole = layers.filter((layer) => wanted.has(layer)).map((layer) => `import ${JSON.stringify(path.join(options.absWorkingDir, layer))};\n`);
        return { contents: whole.join("") + plainNames(await readFile(file, "utf8")), loader: "js" };
      });
    },
  };
}

/**
 * @param {Metafile} metafile
 * @param {string[]} layers
 * @returns {Map<string, string>} the layer of each module that belongs to one
 */
function membersOf(metafile, layers) {
  const members = new Map();
  for (const layer of layers) {
    const open = [layer];
    for (let file = open.pop(); file; file = open.pop()) {
      if (members.has(file)) continue;
      members.set(file, layer);
      open.push(...importsOf(metafile, file));
    }
  }
  return members;
}

/**
 * @param {Metafile} metafile
 * @param {string} file
 * @returns {string[]} what comes with it at once, not what it may fetch
 */
function importsOf(metafile, file) {
  return (metafile.inputs[file]?.imports ?? []).filter(({ kind }) => kind === "import-statement").map((each) => each.path);
}

/**
 * @param {Metafile} metafile  of a build with these layers
 * @param {string[]} layers
 * @param {string} layer
 * @returns {string} the one file that holds it
 */
export function chunkOf(metafile, layers, layer) {
  const own = Array.from(membersOf(metafile, layers)).filter(([, of]) => of === layer).map(([file]) => file);
  const files = Object.keys(metafile.outputs).filter((file) => own.some((each) => each in metafile.outputs[file].inputs));
  if (files.length !== 1) throw new Error(`${layer} is in ${files.length} files: ${files.join(", ")}.`);
  return files[0];
}
