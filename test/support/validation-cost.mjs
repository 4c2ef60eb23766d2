/**
 * Validates worst-case values in every field of every payload, in a process of its own: today's quadratic paths would
 * hold a test's own process for hours. Writes a line before each case and, at the end, one with all times.
 *
 *     node test/support/validation-cost.mjs <bytes>
 */
import { writeSync } from 'node:fs';
import { cancelledIdOf } from '../../dist/runtime/script-request.js';
import { PreparePipe, ScriptPipe } from '../../dist/runtime/script.pipe.js';

const bytes = Number(process.argv[2]);
const script = new ScriptPipe();
const prepare = new PreparePipe();
const execute = (payload) => script.transform(payload);

/** As long as `bytes` of JSON, each the worst for somebody. */
const SHAPES = {
  'a long text': () => 'a'.repeat(bytes),
  'a dotted name': () => 'a.'.repeat(bytes / 2) + 'a',
  'a text of two-byte characters': () => 'é.'.repeat(bytes / 3),
  'a text of surrogates': () => '\ud83d\ude00'.repeat(bytes / 4),
  'a list of dotted names': () => Array.from({ length: 255 }, (_, i) => `${'a.'.repeat(bytes / 512)}f${i}`),
  'a list of short names': () => Array.from({ length: bytes / 8 }, (_, i) => `f${i.toString(36)}`),
  'a list of one name': () => Array.from({ length: bytes / 4 }, () => 'f'),
  'a list of lists': () => Array.from({ length: bytes / 3 }, () => []),
  'a list of objects': () => Array.from({ length: bytes / 3 }, () => ({})),
  'a list of numbers': () => Array.from({ length: bytes / 8 }, (_, i) => i),
  'many keys': () =>
    Object.fromEntries(Array.from({ length: bytes / 12 }, (_, i) => [`k${i.toString(36)}`, 0])),
  'a few long keys': () =>
    Object.fromEntries(Array.from({ length: 63 }, (_, i) => [`${'k'.repeat(bytes / 64)}${i}`, 0])),
  'nested lists': () => nested('[', ']'),
  'nested objects': () => nested('{"a":', '}'),
  'a long number': () => JSON.parse(`1${'0'.repeat(300)}`),
};

function nested(open, close) {
  const depth = Math.floor(bytes / (open.length + close.length));
  return JSON.parse(`${open.repeat(depth)}0${close.repeat(depth)}`);
}

const OPTIONS = [
  'stream',
  'functions',
  'timeout',
  'cpu',
  'memory',
  'console',
  'result',
  'isolation',
  'modules',
  'reuse',
  'keepRunning',
  'hostTime',
  'unknown',
  '__proto__',
];

const own = (name, value) =>
  JSON.parse('{}', () => Object.defineProperty({}, name, { value, enumerable: true }));
const code = '';
const id = `sha256:${'0'.repeat(64)}`;

/** Where a value stands in a payload, and who validates that. */
const PLACES = {
  'runtime.execute payload': execute,
  ...Object.fromEntries(
    ['code', 'language', 'globals', 'call', 'caller', 'options', 'script', 'unknown'].flatMap((field) => [
      [`runtime.execute ${field}`, (value) => execute({ code, ...own(field, value) })],
      [`runtime.execute ${field}, prepared`, (value) => execute({ script: id, ...own(field, value) })],
      [`runtime.prepare ${field}`, (value) => prepare.transform({ code, ...own(field, value) })],
    ]),
  ),
  ...Object.fromEntries(
    OPTIONS.map((field) => [
      `runtime.execute options.${field}`,
      (value) => execute({ code, options: own(field, value) }),
    ]),
  ),
  'runtime.execute options.console.lines': (lines) => execute({ code, options: { console: { lines } } }),
  'runtime.execute options.console.bytes': (size) => execute({ code, options: { console: { bytes: size } } }),
  'runtime.prepare payload': (value) => prepare.transform(value),
  'runtime.cancel payload': cancelledIdOf,
  'runtime.cancel id': (value) => cancelledIdOf({ id: value }),
};

const times = {};
for (const [shape, make] of Object.entries(SHAPES)) {
  const value = make();
  for (const [place, validate] of Object.entries(PLACES)) {
    const name = `${place}: ${shape}`;
    writeSync(1, `${name}\n`);
    times[name] = timeOf(validate, value);
  }
}
writeSync(1, `${JSON.stringify(times)}\n`);

function timeOf(validate, value) {
  const from = performance.now();
  const refusal = refusalOf(validate, value);
  const ms = performance.now() - from;
  const { length } = JSON.stringify(refusal ?? '');
  if (length > 4096 || refusal?.data.fields.length > 10)
    throw new Error(`the reply has ${length} characters`);
  return ms;
}

function refusalOf(validate, value) {
  try {
    validate(value);
    return undefined;
  } catch (error) {
    if (error.code !== 1100) throw error;
    return error;
  }
}
