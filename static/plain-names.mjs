/**
 * Private names as the oldest phones can have them. What Chrome 78 lacks of classes would come out as
 * a WeakMap for each private name, asked at each use: a tenth of the scripts, and slow. That nothing
 * is used from outside is known when the scripts are checked; here the names become ordinary ones.
 */

const PRIVATE = /(?<=[\w\])?]\.)#(?=[a-z])|(?<=^ +(?:static |async |get |set )*)#(?=[a-z])/gm; // where one is used, and where it is declared

/**
 * @param {string} source  of a module of ours
 * @returns {string}
 */
export function plainNames(source) {
  return source.replace(PRIVATE, "_");
}
