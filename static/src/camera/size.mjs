/** How large a photograph may be: in pixels when it is kept, in bytes when it goes as it is. */

export const LONGEST_EDGE = 1600;
export const THUMBNAIL_EDGE = 200;
export const MAX_BYTES = 20 * 1024 * 1024; // what the service takes unless it is set otherwise

/**
 * @param {number} width
 * @param {number} height
 * @param {number} [longest]
 * @returns {{ width: number, height: number }} shrunk so that the longer edge fits, never grown
 */
export function fitted(width, height, longest = LONGEST_EDGE) {
  const scale = Math.min(1, longest / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}
