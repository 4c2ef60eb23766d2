// The samples: pieces of what scripts do, as programs that time themselves in a context and in plain Node alike.
import { bytes, smallBytes } from './samples/bytes.mjs';
import { events } from './samples/events.mjs';
import { language } from './samples/language.mjs';
import { libraries } from './samples/libraries.mjs';
import { native, smallNative } from './samples/native.mjs';

const GROUPS = {
  language,
  libraries,
  'events, timers, structuredClone': events,
  'bytes and text': bytes,
  'bytes, text and URL, below 1 KB': smallBytes,
  'hashes and zlib': native,
  'hashes, below 1 KB': smallNative,
};

/** Milliseconds for which the work of a sample is repeated in one process. */
const MEASURED_MS = 250;
/** At least so often. */
const MEASURED_TIMES = 5;

function programOf({ helpers = [], constants = {} }, setup) {
  const declared = [
    ...Object.entries(constants).map(([name, value]) => `const ${name} = ${JSON.stringify(value)};`),
    ...helpers.map((helper) => `const ${helper.name} = ${helper};`),
  ];
  return `${declared.join('\n')}
const work = (${setup})(require);
async function main() {
  const now = performance.now.bind(performance);
  const began = now();
  const values = new Set();
  let least = Infinity;
  for (let count = 0; count < ${MEASURED_TIMES} || now() - began < ${MEASURED_MS}; count++) {
    const started = now();
    const value = await work();
    least = Math.min(least, now() - started);
    values.add(value);
  }
  return { least, values: [...values] };
}`;
}

/** `{ group, name, limit, small, operations, program }`; the program defines `main`, which returns `{ least, values }`. */
export const SAMPLES = Object.entries(GROUPS).flatMap(
  ([group, { limit, small = false, samples, ...shared }]) =>
    Object.entries(samples).map(([name, given]) => {
      const [operations, setup] = Array.isArray(given) ? given : [1, given];
      return { group, name, limit, small, operations, program: programOf(shared, setup) };
    }),
);
