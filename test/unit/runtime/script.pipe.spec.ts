import { JsonText, scanJson } from '../../../src/json-text/index.js';
import { DuplexError } from '../../../src/protocol/errors.js';
import { type ExecuteRequest, ScriptDto, type ScriptRequest } from '../../../src/runtime/script.dto.js';
import { ScriptPipe } from '../../../src/runtime/script.pipe.js';

const pipe = new ScriptPipe();
const code = 'function f(cb) { cb(1) }';

/** As frames arrive: `__proto__` is then an own key. */
const json = (text: string): Record<string, unknown> => JSON.parse(text);
const nested = (depth: number, open = '[', close = ']'): Record<string, unknown> =>
  JSON.parse(open.repeat(depth) + '0' + close.repeat(depth));

function refusal(payload: unknown): DuplexError {
  try {
    pipe.transform(payload);
  } catch (error) {
    if (error instanceof DuplexError) return error;
    throw error;
  }
  throw new Error('the payload was accepted');
}

const asText = (fields: object): ExecuteRequest =>
  pipe.transform(scanJson(Buffer.from(JSON.stringify(fields))));

/** The data of error 1100. */
function faultsOf(payload: unknown): { field: string; problem: string }[] {
  const { data }: { data: { fields: { field: string; problem: string }[] } } = JSON.parse(
    JSON.stringify(refusal(payload)),
  );
  return data.fields;
}

const DEEP = nested(100_000);
const DEEP_OBJECT = nested(100_000, '{"a":', '}');

/** What becomes of a payload: its fields, or the error. */
const outcome = (fields: object): unknown => {
  try {
    const { globals, ...others } = asText(fields);
    return { globals: JSON.stringify(globals), ...others };
  } catch (error) {
    return error instanceof DuplexError ? JSON.stringify(error) : error;
  }
};

describe('ScriptPipe accepts', () => {
  it.each(['functions', 'modules', 'stream', 'timeout', 'cpu', 'console', 'hostTime', 'isolation', 'reuse'])(
    'null as the absence of an option: %s',
    (option) => {
      const { options } = pipe.transform({ code, options: { [option]: null, memory: 16 } });
      expect(options).toEqual({ memory: 16 });
    },
  );

  it('code alone, filling the rest', () => {
    const script = pipe.transform({ code });
    expect(script).toBeInstanceOf(ScriptDto);
    expect(script).toMatchObject({ code, globals: {}, call: undefined, caller: undefined });
  });

  it('all four fields as they are', () => {
    const payload = {
      code,
      globals: { a: [1, { b: null }] },
      call: 'f',
      caller: '(function (f, cb) { f(cb) })',
    };
    expect(pipe.transform(payload)).toMatchObject(payload);
  });

  it.each<Record<string, unknown>>([
    { code },
    { code: '' },
    { code, globals: { a: 1, __proto__: 2 }, call: 'f' },
    { code, globals: {}, caller: '(function (f, cb) { f(cb) })' },
    { code, call: 'f', caller: 'g', surplus: 1, more: [] },
  ])('a usual payload without the validator, with the result of the validator: %j', (payload) => {
    const usual = asText(payload);
    // An absent language is usual, null is not.
    const validated = asText({ ...payload, language: null });
    expect(usual).toBeInstanceOf(ScriptDto);
    expect(JSON.stringify(usual.globals)).toBe(JSON.stringify(validated.globals));
    expect({ ...usual, globals: undefined }).toEqual({ ...validated, globals: undefined });
  });

  it('with the result of the validator, whatever the fields are', () => {
    let state = 1;
    // Lehmer's generator: the same payloads each time.
    const below = (end: number): number => (state = (state * 48_271) % 2_147_483_647) % end;
    const values = [
      undefined,
      null,
      '',
      'f',
      code,
      '\ud800',
      'module',
      0,
      true,
      [],
      {},
      { a: 1 },
      ['f'],
      'x'.repeat(70_000),
    ];
    const names = ['code', 'language', 'globals', 'call', 'caller', 'script', 'more'];
    for (let i = 0; i < 1500; i++) {
      const fields = Object.fromEntries(names.map((name) => [name, values[below(values.length)]]));
      if (below(10) < 7) fields['code'] = code;
      if (below(10) < 7) delete fields['script'];
      if (below(10) < 5) delete fields['language'];
      // With options, even none, a payload goes through the validator.
      expect(outcome(fields)).toEqual(outcome({ ...fields, options: null }));
    }
  });

  it('empty code', () => {
    expect(pipe.transform({ code: '' })).toMatchObject({ code: '' });
  });

  it.each([null, undefined])('globals %j as none', (globals) => {
    expect(pipe.transform({ code, globals }).globals).toEqual({});
  });

  it.each([null, undefined, '', 0, 5, true, [], ['f'], {}, { name: 'f' }])(
    'call %j as no name, for the sandbox to answer 1001',
    (call) => {
      expect(pipe.transform({ code, call }).call).toBeUndefined();
    },
  );

  it.each([null, undefined, ''])('caller %j as the default', (caller) => {
    expect(pipe.transform({ code, caller })).toMatchObject({ caller: undefined });
  });

  it('fields it does not know, without keeping them', () => {
    const script = pipe.transform(json(`{"code":"1","timeout":9,"__proto__":{"call":"f"},"constructor":1}`));
    expect(Object.keys(script).toSorted()).toEqual(['call', 'caller', 'code', 'globals', 'language']);
    expect(script.call).toBeUndefined();
    expect(script).toBeInstanceOf(ScriptDto);
  });

  it('globals by reference: no copy, no look inside', () => {
    const globals = json('{"__proto__":{"x":1},"constructor":2,"then":3,"toJSON":4}');
    const script = pipe.transform({ code, globals });
    expect(script.globals).toBe(globals);
    expect(Object.keys(script.globals)).toEqual(['__proto__', 'constructor', 'then', 'toJSON']);
  });

  it('globals of any depth', () => {
    expect(pipe.transform({ code, globals: DEEP_OBJECT }).globals).toBe(DEEP_OBJECT);
  });

  it('a call of any depth as no name', () => {
    expect(pipe.transform({ code, call: DEEP }).call).toBeUndefined();
  });
});

describe('ScriptPipe refuses', () => {
  it.each<[string, unknown, string[]]>([
    ['no payload', undefined, ['payload']],
    ['payload null', null, ['payload']],
    ['payload text', 'function f() {}', ['payload']],
    ['payload empty text', '', ['payload']],
    ['payload number', 5, ['payload']],
    ['payload zero', 0, ['payload']],
    ['payload true', true, ['payload']],
    ['payload false', false, ['payload']],
    ['payload []', [], ['payload']],
    ['payload as positional arguments', [{ code }], ['payload']],
    ['payload nested 100,000 deep', DEEP, ['payload']],
    ['an empty object', {}, ['code']],
    ['an object nested 100,000 deep', DEEP_OBJECT, ['code']],
    ['code of an inherited name only', json('{"__proto__":{"code":"1"}}'), ['code']],
    ['Code in capitals', { Code: code }, ['code']],
    ['code null', { code: null }, ['code']],
    ['code number', { code: 42 }, ['code']],
    ['code zero', { code: 0 }, ['code']],
    ['code true', { code: true }, ['code']],
    ['code array of text', { code: ['1'] }, ['code']],
    ['code object', { code: { text: '1' } }, ['code']],
    ['code nested 100,000 deep', { code: DEEP }, ['code']],
    ['code an object nested 100,000 deep', { code: DEEP_OBJECT }, ['code']],
    ['globals array', { code, globals: [] }, ['globals']],
    ['globals array of pairs', { code, globals: [['a', 1]] }, ['globals']],
    ['globals array nested 100,000 deep', { code, globals: DEEP }, ['globals']],
    ['globals text', { code, globals: '{}' }, ['globals']],
    ['globals empty text', { code, globals: '' }, ['globals']],
    ['globals number', { code, globals: 1 }, ['globals']],
    ['globals zero', { code, globals: 0 }, ['globals']],
    ['globals true', { code, globals: true }, ['globals']],
    ['globals false', { code, globals: false }, ['globals']],
    ['caller number', { code, caller: 1 }, ['caller']],
    ['caller zero', { code, caller: 0 }, ['caller']],
    ['caller true', { code, caller: true }, ['caller']],
    ['caller false', { code, caller: false }, ['caller']],
    ['caller array', { code, caller: [] }, ['caller']],
    ['caller object', { code, caller: {} }, ['caller']],
    ['caller nested 100,000 deep', { code, caller: DEEP }, ['caller']],
    ['three wrong fields at once', { code: 1, globals: 2, caller: 3 }, ['caller', 'code', 'globals']],
    ['fields hidden in own keys of Object', json('{"hasOwnProperty":1,"toString":2}'), ['code']],
  ])('%s', (_, payload, fields) => {
    expect(refusal(payload)).toMatchObject({ code: 1100, message: 'Invalid script' });
    expect(
      faultsOf(payload)
        .map(({ field }) => field)
        .toSorted(),
    ).toEqual(fields);
  });

  it('with one sentence a field', () => {
    expect(refusal({ code: 1, globals: [], caller: {} }).toJSON()).toEqual({
      code: 1100,
      message: 'Invalid script',
      data: {
        fields: expect.arrayContaining([
          { field: 'code', problem: 'must be text: the JavaScript to evaluate' },
          { field: 'globals', problem: 'must be an object, null or absent' },
          { field: 'caller', problem: expect.stringMatching(/^must be text/) },
        ]),
      },
    });
  });

  it('without repeating a value', () => {
    const payload = { code: ['tell-no-one'], globals: 'tell-no-one', caller: { s: 'tell-no-one' } };
    expect(JSON.stringify(refusal(payload))).not.toContain('tell-no-one');
    expect(JSON.stringify(refusal('tell-no-one'))).not.toContain('tell-no-one');
  });
});

const names = (count: number): string[] => Array.from({ length: count }, (_, i) => `f${i}`);
const keys = (count: number): Record<string, unknown> =>
  Object.fromEntries(names(count).map((name) => [name, 0]));

describe('ScriptPipe looks at counts and lengths first', () => {
  it.each<[string, unknown, string, string]>([
    ['65 fields', keys(65), 'options', 'must have at most 64 fields'],
    ['65 fields of console', { console: keys(65) }, 'options.console', 'must have at most 64 fields'],
    ['257 functions', { functions: names(257) }, 'options.functions', 'must have at most 256 names'],
    ['1025 modules', { modules: names(1025) }, 'options.modules', 'must have at most 1024 names'],
    ['a number among functions', { functions: ['f', 1] }, 'options.functions', 'must be a list of names'],
    ['functions as text', { functions: 'f' }, 'options.functions', 'must be a list of names'],
    ['functions as an object', { functions: { f: 1 } }, 'options.functions', 'must be a list of names'],
    ['a list among modules', { modules: ['m', DEEP] }, 'options.modules', 'must be a list of names'],
    [
      'a function name of 257 characters',
      { functions: ['f'.repeat(257)] },
      'options.functions',
      'must be names of at most 256 characters',
    ],
    [
      'a module name of 257 characters',
      { modules: ['m'.repeat(257)] },
      'options.modules',
      'must be names of at most 256 characters',
    ],
    ['functions twice', { functions: ['f', 'f'] }, 'options.functions', 'must name each function once'],
    [
      'a function inside another',
      { functions: ['db.find', 'db', 'db$'] },
      'options.functions',
      'must not name a function inside another',
    ],
    ['options of any depth', DEEP, 'options', 'must be an object, null or absent'],
    ['options as an object of any depth', DEEP_OBJECT, 'options.a', 'is unknown'],
    [
      'a list as console',
      { console: [] },
      'options.console',
      'must be an object with "lines", "bytes" or both',
    ],
    ['timeout of any depth', { timeout: DEEP }, 'options.timeout', 'must be a whole number from 1'],
    [
      'lines of any depth',
      { console: { lines: DEEP } },
      'options.console.lines',
      'must be a whole number from 0',
    ],
  ])('of options with %s', (_, options, field, problem) => {
    expect(faultsOf({ code, options })).toContainEqual({ field, problem });
  });

  it('and takes as much as is allowed', () => {
    const options = {
      functions: Array.from({ length: 256 }, (_, i) => `f${i}`.padEnd(256, 'x')),
      modules: Array.from({ length: 1024 }, (_, i) => `m${i}`.padEnd(256, 'x')),
    };
    expect(pipe.transform({ code, options })).toMatchObject({ options });
  });

  it('lists ten problems at most, and says that there are more', () => {
    const { data } = refusal({ code, options: keys(64) });
    expect(data).toMatchObject({ more: true });
    expect(faultsOf({ code, options: keys(64) })).toHaveLength(10);
    expect(refusal({ code, options: keys(10) }).data).not.toHaveProperty('more');
  });

  it('cuts the name of an unknown field', () => {
    expect(faultsOf({ code, options: { ['k'.repeat(1000)]: 1 } })).toEqual([
      { field: `options.${'k'.repeat(64)}…`, problem: 'is unknown' },
    ]);
  });

  it.each(['functions', 'modules', 'timeout', 'console', 'isolation', 'stream', 'hostTime'])(
    'takes null for an option, %s, that is absent',
    (name) => {
      expect(pipe.transform({ code, options: { [name]: null } })).toMatchObject({ options: {} });
      expect(pipe.transform({ code, options: { [name]: null } }).options).not.toHaveProperty(name);
    },
  );
});

const given = (payload: unknown): unknown => scanJson(Buffer.from(JSON.stringify(payload)));

describe('ScriptPipe, given JSON that was not parsed', () => {
  it('makes the same script of it as of values', () => {
    const payload = { code, call: 'f', caller: null, language: '', options: { timeout: 5 }, other: [1] };
    expect(pipe.transform(given(payload))).toMatchObject(pipe.transform(payload));
    expect(faultsOf(given({ code: 1, caller: {}, options: { timeout: 0 } }))).toEqual(
      faultsOf({ code: 1, caller: {}, options: { timeout: 0 } }),
    );
  });

  it('keeps long texts, and globals, as they came', () => {
    const long = 'é'.repeat(70_000);
    const script = pipe.transform(given({ code: long, globals: { a: [1] } })) as ScriptRequest;
    expect(script.code).toBeInstanceOf(JsonText);
    expect(JSON.stringify([script.code, script.globals])).toBe(JSON.stringify([long, { a: [1] }]));
  });

  it.each([
    ['globals that are a list', { code, globals: [1] }, 'globals'],
    ['globals that are a number', { code, globals: 1 }, 'globals'],
    ['a list for code, however long', { code: Array.from({ length: 70_000 }, () => 1) }, 'code'],
    ['options of half a megabyte', { code, options: { modules: ['x'.repeat(500_000)] } }, 'options'],
    [
      'options of ten levels',
      { code, options: { console: JSON.parse('['.repeat(9) + ']'.repeat(9)) } },
      'options',
    ],
    [
      'more fields than there are',
      Object.fromEntries(Array.from({ length: 65 }, (_, i) => [i, 0])),
      'payload',
    ],
    ['a list', [], 'payload'],
  ])('refuses %s', (_, payload, field) => {
    expect(faultsOf(given(payload)).map((fault) => fault.field)).toEqual([field]);
  });
});
