// Of several rounds, one figure and how far they are apart; of several points, a line.

export const sorted = (values) => values.toSorted((a, b) => a - b);

export function quantile(values, part) {
  const ordered = sorted(values);
  return ordered[Math.min(Math.floor(ordered.length * part), ordered.length - 1)];
}

export function median(values) {
  const ordered = sorted(values);
  const middle = ordered.length >> 1;
  return ordered.length % 2 === 1 ? ordered[middle] : (ordered[middle - 1] + ordered[middle]) / 2;
}

/** The median, the least and the most of those that are numbers; nothing where there is none. */
export function spread(values) {
  const numbers = values.filter((value) => Number.isFinite(value));
  if (numbers.length === 0) return undefined;
  return { median: median(numbers), min: Math.min(...numbers), max: Math.max(...numbers) };
}

/** The least-squares line through points `[x, y]`, and how well it fits: 1 is a line. */
export function line(points) {
  const mean = (of) => points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const meanX = mean(([x]) => x);
  const meanY = mean(([, y]) => y);
  const slope = mean(([x, y]) => (x - meanX) * (y - meanY)) / mean(([x]) => (x - meanX) ** 2);
  const intercept = meanY - slope * meanX;
  const residual = mean(([x, y]) => (y - intercept - slope * x) ** 2);
  return { slope, intercept, fit: 1 - residual / mean(([, y]) => (y - meanY) ** 2) };
}
