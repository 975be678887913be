/** The promises of the colours: readable in every theme, and the same theme however it was chosen. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

const css = await readFile(new URL("../../static/css/tokens.css", import.meta.url), "utf8");

function block(opening) {
  const from = css.indexOf(opening);
  assert.notEqual(from, -1, `${opening} is not in tokens.css`);
  const inner = css.slice(css.indexOf("{", from) + 1);
  const pairs = inner.slice(0, inner.indexOf("}")).matchAll(/(--[\w-]+):\s*([^;]+);/g);
  return Object.fromEntries(Array.from(pairs, ([, name, value]) => [name, value.trim()]));
}

function luminance(hex) {
  const parts = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255);
  const [red, green, blue] = parts.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one, other) {
  const [dark, bright] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (bright + 0.05) / (dark + 0.05);
}

const light = block(":root {");
const themes = {
  light,
  dark: { ...light, ...block('[data-theme="dark"]') },
  outdoor: { ...light, ...block('[data-theme="outdoor"]') },
};

const TEXT = [
  ["ink", "paper surface sunken fail-tint warn-tint step-3"],
  ["ink-2", "paper surface sunken warn-tint indigo-tint"],
  ["ink-3", "paper surface sunken"],
  ["indigo", "paper surface indigo-tint"],
  ["on-indigo", "indigo step-4"],
  ["on-indigo-2", "indigo"],
  ["pass", "paper surface pass-tint"],
  ["fail", "paper surface fail-tint"],
  ["on-fail", "fail"],
  ["on-grave", "grave"],
  ["warn", "paper surface warn-tint"],
  ["none", "surface none-tint"],
];
const SEEN = [["edge", "paper surface"], ["focus", "paper surface"]];

function faint(theme, pairs, needed) {
  return pairs.flatMap(([front, grounds]) =>
    grounds
      .split(" ")
      .map((ground) => [front, ground, contrast(theme[`--${front}`], theme[`--${ground}`])])
      .filter(([, , ratio]) => ratio < needed)
      .map(([, ground, ratio]) => `${front} on ${ground}: ${ratio.toFixed(2)}`),
  );
}

test("text stands out 4.5 to 1 in light and dark, and 7 to 1 outdoors", () => {
  assert.deepEqual(faint(themes.light, TEXT, 4.5), []);
  assert.deepEqual(faint(themes.dark, TEXT, 4.5), []);
  assert.deepEqual(faint(themes.outdoor, TEXT, 7), []);
});

test("edges and the focus ring stand out 3 to 1 everywhere", () => {
  for (const theme of Object.values(themes)) assert.deepEqual(faint(theme, SEEN, 3), []);
});

test("a grey too faint is found", () => {
  assert.deepEqual(faint({ "--a": "#777777", "--b": "#ffffff" }, [["a", "b"]], 4.5), ["a on b: 4.48"]);
});

test("the device's dark is the dark that can be chosen, and its high contrast the outdoor theme", () => {
  assert.deepEqual(block("prefers-color-scheme: dark) {\n  :root"), block('[data-theme="dark"]'));
  assert.deepEqual(block("prefers-contrast: more) {\n  :root"), block('[data-theme="outdoor"]'));
});
