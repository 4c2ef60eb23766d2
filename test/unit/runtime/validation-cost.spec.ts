/** Nobody holds up the gateway's one event loop by what a payload looks like. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { DuplexError } from '../../../src/protocol/errors.js';
import { cancelledIdOf } from '../../../src/runtime/script-request.js';
import { PreparePipe, ScriptPipe } from '../../../src/runtime/script.pipe.js';

const PROGRAM = fileURLToPath(new URL('../../support/validation-cost.mjs', import.meta.url));
const MIB = 2 ** 20;
/** For one field, on a busy machine; each took more than a minute. */
const HANG_MS = 5000;
/** Below that, times are noise. */
const FLOOR_MS = 250;

/** Milliseconds for each field and each shape; rejects, naming the case, when one does not end. */
async function timesAt(bytes: number): Promise<ReadonlyMap<string, number>> {
  const child = spawn(process.execPath, [PROGRAM, String(bytes)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  let hung: string | undefined;
  const onHang = (): void => {
    hung = text.trimEnd().split('\n').at(-1);
    child.kill('SIGKILL');
  };
  // Making a value takes its time, too.
  let guard = setTimeout(onHang, 4 * HANG_MS);
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    clearTimeout(guard);
    guard = setTimeout(onHang, 4 * HANG_MS);
  });
  const [exitCode] = await once(child, 'close');
  clearTimeout(guard);
  if (hung !== undefined) throw new Error(`does not end: ${hung}`);
  expect(exitCode).toBe(0);
  return new Map(Object.entries(JSON.parse(text.trimEnd().split('\n').at(-1) ?? '{}')));
}

/** The cases that take much longer than their bytes explain: four times the time, and as much again for noise. */
async function overlong(): Promise<readonly string[]> {
  const quarter = await timesAt(MIB / 2);
  const whole = await timesAt(2 * MIB);
  expect(whole.size).toBeGreaterThan(500);
  return [...whole]
    .filter(([name, ms]) => ms > HANG_MS || (ms > FLOOR_MS && ms > 10 * Math.max(quarter.get(name) ?? 0, 25)))
    .map(([name, ms]) => `${name}: ${ms} ms`);
}

describe('the time of validation', () => {
  it('grows no faster than the bytes, for each field of each payload and each worst-case shape', async () => {
    let found = await overlong();
    for (let retries = 2; found.length > 0 && retries > 0; retries--) found = await overlong();
    expect(found).toEqual([]);
  }, 300_000);
});

const NAME = fc.oneof(
  fc.string({ maxLength: 8 }),
  fc.constantFrom(
    'a',
    'a.b',
    'a.b.c',
    'a$',
    'a$.b',
    'ab',
    'a'.repeat(256),
    'a.'.repeat(128),
    'a'.repeat(257),
  ),
);
const HOSTILE = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc
    .integer({ min: 0, max: 3000 })
    .map((depth): unknown => JSON.parse('['.repeat(depth) + ']'.repeat(depth) || '0')),
  fc
    .integer({ min: 0, max: 3000 })
    .map((depth): unknown => JSON.parse(`${'{"a":'.repeat(depth)}0${'}'.repeat(depth)}`)),
  fc.array(NAME, { maxLength: 300 }),
  fc.integer({ min: 0, max: 2000 }).map((count) => Array.from({ length: count }, (_, i) => `n${i}`)),
  fc
    .integer({ min: 0, max: 200 })
    .map((count) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i}`, i]))),
  fc.dictionary(fc.oneof(NAME, fc.constantFrom('__proto__', 'constructor', 'toString')), fc.jsonValue(), {
    maxKeys: 80,
  }),
);
const OPTIONS = fc.record(
  Object.fromEntries(
    ['stream', 'functions', 'timeout', 'console', 'isolation', 'modules', 'hostTime', 'other'].map(
      (field) => [field, HOSTILE],
    ),
  ),
  { requiredKeys: [] },
);
const PAYLOAD = fc.oneof(
  HOSTILE,
  fc.record(
    {
      code: fc.oneof(fc.constant(''), HOSTILE),
      language: HOSTILE,
      globals: HOSTILE,
      call: HOSTILE,
      caller: HOSTILE,
      script: HOSTILE,
      options: fc.oneof(OPTIONS, HOSTILE),
      id: HOSTILE,
    },
    { requiredKeys: [] },
  ),
);

/** What refuses a payload; nothing where it is taken. */
function problemsOf(
  validate: (payload: unknown) => unknown,
  payload: unknown,
): readonly { readonly field: string; readonly problem: string }[] {
  try {
    validate(payload);
    return [];
  } catch (error) {
    if (!(error instanceof DuplexError) || error.code !== 1100) throw error;
    const { fields }: { fields: { field: string; problem: string }[] } = JSON.parse(
      JSON.stringify(error.data),
    );
    return fields.length === 0 ? [{ field: '', problem: 'is refused for nothing' }] : fields;
  }
}

describe.each([
  ['runtime.execute', (payload: unknown): unknown => new ScriptPipe().transform(payload)],
  ['runtime.prepare', (payload: unknown): unknown => new PreparePipe().transform(payload)],
  ['runtime.cancel', cancelledIdOf],
])('the payload of %s', (_, validate) => {
  it('is taken, or refused with 1100 and at most ten short problems, whatever it is', () => {
    fc.assert(
      fc.property(PAYLOAD, (payload) => {
        const problems = problemsOf(validate, payload);
        expect(problems.length).toBeLessThanOrEqual(10);
        expect(
          problems.filter(({ field, problem }) => field === '' || field.length > 90 || problem.length > 120),
        ).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

describe('names of functions', () => {
  it('conflict exactly where one is inside another', () => {
    const part = fc.constantFrom('a', 'b', 'a$', 'ab', '$');
    const names = fc.uniqueArray(
      fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('.')),
      { minLength: 1, maxLength: 6 },
    );
    fc.assert(
      fc.property(names, (functions) => {
        const isNested = functions.some((name) => functions.some((other) => name.startsWith(`${other}.`)));
        const problems = problemsOf((payload) => new ScriptPipe().transform(payload), {
          code: '',
          options: { functions },
        });
        expect(problems.map(({ problem }) => problem)).toEqual(
          isNested ? ['must not name a function inside another'] : [],
        );
      }),
    );
  });
});
