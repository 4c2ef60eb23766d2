import { SETTING_NAMES } from './settings.js';

/** Prefixes of settings that are specific enough to be ours; `LOG_` or `MAX_` may belong to any program. */
const PREFIXES = ['EGRESS_', 'LIMITS_', 'PREPARED_', 'SANDBOX_'];
/** Shorter names are too close to unrelated variables (`PORT` and `PORTS`, `HOST` and `GHOST`). */
const MIN_LENGTH = 6;
/** Settings with names of this length or more are suggested for two typos, others for one. */
const LONG_LENGTH = 10;
/** Variables that Kubernetes and container links define for a service with such a name. */
const SERVICE_LINK = /_(?:SERVICE_HOST|SERVICE_PORT\w*|PORT|PORT_\d+_(?:TCP|UDP|SCTP)\w*|NAME|ENV_\w+)$/;

/**
 * Finds variables that look like misspelled settings: the name has one of our prefixes, or is within one or two typos of
 * a setting.
 * @param names names of environment variables
 * @returns a warning for each, without its value
 */
export function unknownSettings(names: readonly string[]): readonly string[] {
  const known: ReadonlySet<string> = new Set(SETTING_NAMES);
  return names
    .filter((name) => /^\w{1,64}$/.test(name) && !known.has(name) && !SERVICE_LINK.test(name))
    .flatMap((name) => {
      const suggestion = nearest(name.toUpperCase());
      if (suggestion !== undefined) return [`unknown setting ${name}; did you mean ${suggestion}?`];
      const isOurs = PREFIXES.some((prefix) => name.startsWith(prefix));
      return isOurs ? [`unknown setting ${name}; see javascriptd --help`] : [];
    });
}

/** The setting with the most similar name; `undefined` if none is close enough. */
function nearest(name: string): string | undefined {
  let found: string | undefined;
  let least = Infinity;
  for (const setting of SETTING_NAMES.filter(({ length }) => length >= MIN_LENGTH)) {
    const max = setting.length < LONG_LENGTH ? 1 : 2;
    if (Math.abs(setting.length - name.length) > max) continue;
    const count = typos(name, setting);
    if (count <= max && count < least) [found, least] = [setting, count];
  }
  return found;
}

/** Number of typos between two names: characters missing, added, wrong, or swapped (optimal string alignment). */
function typos(a: string, b: string): number {
  let [before, previous]: [readonly number[], readonly number[]] = [[], [...Array(b.length + 1).keys()]];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      const edits = [at(previous, j) + 1, at(row, j - 1) + 1, at(previous, j - 1) + same];
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) edits.push(at(before, j - 2) + 1);
      row.push(Math.min(...edits));
    }
    [before, previous] = [previous, row];
  }
  return at(previous, b.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Infinity;
}
