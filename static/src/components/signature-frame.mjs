/**
 * The box around a signature, twice as wide as high, as the places for it on paper are.
 *
 * @param {{ x: number, y: number }[]} points
 * @param {number} margin  on every side
 */
export function frame(points, margin) {
  const xs = points.map((point) => point.x);
  const ys = points.map((point) => point.y);
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
  const height = Math.max(bottom - top, (right - left) / 2) + 2 * margin;
  const width = 2 * height;
  return { left: (left + right - width) / 2, top: (top + bottom - height) / 2, width, height };
}
