/** Turning a picture upright where the browser leaves it as the camera lay. */

/**
 * @param {number} orientation  1 to 8, as EXIF counts
 * @returns {boolean} whether width and height change places
 */
export function liesOnItsSide(orientation) {
  return orientation >= 5;
}

/**
 * @param {number} orientation
 * @param {number} width   of the picture as it is stored, after shrinking
 * @param {number} height
 * @returns {[number, number, number, number, number, number]} what setTransform takes
 */
export function turning(orientation, width, height) {
  switch (orientation) {
    case 2: return [-1, 0, 0, 1, width, 0];
    case 3: return [-1, 0, 0, -1, width, height];
    case 4: return [1, 0, 0, -1, 0, height];
    case 5: return [0, 1, 1, 0, 0, 0];
    case 6: return [0, 1, -1, 0, height, 0];
    case 7: return [0, -1, -1, 0, height, width];
    case 8: return [0, -1, 1, 0, 0, width];
    default: return [1, 0, 0, 1, 0, 0];
  }
}
