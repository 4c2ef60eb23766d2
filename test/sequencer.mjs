import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Sequencer from '@jest/test-sequencer';

/**
 * The slowest specs, in the order in which they are to begin: a slow one that begins last would run alone while the other
 * cores idle. Jest knows how long a spec takes only where it has run before, and not on a fresh clone.
 */
const SLOWEST = [
];
const FOLDER = new URL('./', import.meta.url);

/** Begins the slowest specs first, with a cache and without. */
export default class SlowestFirst extends Sequencer.default {
  constructor(options) {
    super(options);
    const gone = SLOWEST.find((path) => !existsSync(new URL(path, FOLDER)));
    if (gone !== undefined) throw new Error(`test/sequencer.mjs: there is no ${gone}`);
  }

  /** @override */
  sort(tests) {
    const places = new Map(SLOWEST.map((path, place) => [fileURLToPath(new URL(path, FOLDER)), place]));
    const placeOf = ({ path }) => places.get(path) ?? SLOWEST.length;
    return super.sort(tests).toSorted((a, b) => placeOf(a) - placeOf(b));
  }
}
