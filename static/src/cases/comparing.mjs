/**
 * Which files of a case are no longer what they were, which are gone, and which are new.
 *
 * @typedef {{ path: string, bytes: number, sha256: string }} Listed  a file when the case was taken
 * @typedef {{ path: string, file: File }} Given  a file now, its path as the browser tells it
 * @typedef {{ changed: string[], missing: string[], added: string[], good: number }} Outcome
 */

/** What systems put into folders by themselves. */
const OF_NO_ACCOUNT = new Set([".DS_Store", "Thumbs.db", "desktop.ini"]);

/**
 * @param {Listed[]} listed
 * @param {string} page  the checking page itself, which cannot be in the list
 * @param {Given[]} given
 * @param {(file: File) => Promise<string>} digest
 * @param {(done: number, total: number) => void} [progress]
 * @returns {Promise<Outcome>}
 */
export async function compare(listed, page, given, digest, progress = () => {}) {
  const left = placed(given, page, new Set(listed.map(({ path }) => composed(path))));
  /** @type {Outcome} */
  const outcome = { changed: [], missing: [], added: [], good: 0 };
  for (const [at, { path, bytes, sha256 }] of listed.entries()) {
    const file = left.get(composed(path));
    left.delete(composed(path));
    if (!file) outcome.missing.push(path);
    else if (file.size === bytes && (await readable(file, digest)) === sha256) outcome.good += 1;
    else outcome.changed.push(path);
    progress(at + 1, listed.length);
  }
  left.delete(composed(page));
  outcome.added = [...left.keys()].filter((path) => !OF_NO_ACCOUNT.has(base(path))).sort();
  return outcome;
}

/**
 * A path begins with the folder that was chosen, which may be the case's own or one above it.
 * Files that were picked one by one have no folder; the names in a case are told apart by it.
 *
 * @param {Given[]} given
 * @param {string} page
 * @param {Set<string>} known
 * @returns {Map<string, File>} by the path within the case
 */
function placed(given, page, known) {
  const paths = given.map(({ path }) => composed(path));
  const home = homeOf(paths, composed(page));
  const byName = new Map([...known].map((path) => [base(path), path]));
  return new Map(
    given.map(({ file }, at) => {
      const path = paths[at].startsWith(home) ? paths[at].slice(home.length) : paths[at];
      return [path.includes("/") ? path : (byName.get(path) ?? path), file];
    }),
  );
}

/**
 * @param {string[]} paths
 * @param {string} page
 * @returns {string} the folder in which the checking page lies, else the one that was chosen
 */
function homeOf(paths, page) {
  const own = paths.find((path) => base(path) === page);
  if (own !== undefined) return own.slice(0, own.length - page.length);
  const some = paths.find((path) => path.includes("/")) ?? "";
  return some.slice(0, some.indexOf("/") + 1);
}

/**
 * @param {File} file
 * @param {(file: File) => Promise<string>} digest
 * @returns {Promise<string>} nothing if the system cannot read it
 */
async function readable(file, digest) {
  try {
    return await digest(file);
  } catch {
    return "";
  }
}

/** @param {string} path */
const composed = (path) => path.normalize("NFC");

/** @param {string} path */
const base = (path) => path.slice(path.lastIndexOf("/") + 1);
