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

/** The work of a sample is repeated for so many milliseconds in one process, and so often: then V8 has optimized it. */
const MEASURED_MS = 250;
const MEASURED_TIMES = 40;
/** On a busy machine that may take long. */
const MOST_MS = 2000;

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
  for (let count = 0, spent = 0; spent < ${MOST_MS} && (count < ${MEASURED_TIMES} || spent < ${MEASURED_MS}); count++) {
    const started = now();
    const value = await work();
    least = Math.min(least, now() - started);
    values.add(value);
    spent = now() - began;
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
