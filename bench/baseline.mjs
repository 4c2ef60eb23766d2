// The ratios that a later run is held to. Ratios of rows that were measured side by side, so that another machine, or a
// busy one, changes little of them.
import { readFileSync, writeFileSync } from 'node:fs';

const FILE = new URL('./baseline.json', import.meta.url);

/** So much a ratio may fall before it counts, as a share of it; single worst calls vary more. */
const NOISE = 0.25;

const readBaseline = () => JSON.parse(readFileSync(FILE, 'utf8'));
const rounded = (value) => Number(value.toPrecision(3));

/** Those that this run has not measured stay as they are. */
export function writeBaseline(ratios) {
  const kept = ratios.map(({ name, median, noise = NOISE }) => [name, { ratio: rounded(median), noise }]);
  writeFileSync(
    FILE,
    `${JSON.stringify({ ...readBaseline(), ...Object.fromEntries(kept) }, undefined, 2)}\n`,
  );
}

/** @returns what has fallen, as texts; those that this run has not measured are not looked at */
export function fallen(ratios) {
  const baseline = readBaseline();
  return ratios.flatMap(({ name, median }) => {
    const kept = baseline[name];
    if (kept === undefined || median >= kept.ratio * (1 - kept.noise)) return [];
    return [`${name}: ${rounded(median)}, was ${kept.ratio}, noise ${kept.noise * 100} %`];
  });
}
