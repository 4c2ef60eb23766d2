/**
 * What each input answered in the original daemon, and what its successor answers: the right-hand columns of
 * that table, row by row, over a real socket to the real program.
 */
import { Binary } from '../support/binary.js';
import { CallError, DuplexClient } from '../support/duplex-client.js';

const TIMEOUT_MS = 500;
/** For what loops until its deadline in a context, which is at hand at once. */
const SHORT = { options: { timeout: 250 } };

let service: Binary;
let client: DuplexClient;

beforeAll(async () => {
  service = new Binary(['--port', '0'], { TIMEOUT: `${TIMEOUT_MS}` });
  client = await DuplexClient.connect(await service.listens());
});

afterAll(async () => {
  service.kill('SIGTERM');
  await service.ended();
});

interface Script {
  readonly code?: unknown;
  readonly globals?: unknown;
  readonly call?: unknown;
  readonly caller?: unknown;
}

/** What a script answers: a result, or an error's code, message and data. */
async function answerOf(script: unknown, from = client): Promise<unknown> {
  try {
    return await from.call('runtime.execute', script);
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    const { code, message, data } = error;
    return { code, message, ...(data !== undefined && { data }) };
  }
}

/** `f` is called; its body is given. */
const body = (text: string): Script => ({ code: `function f(cb) { ${text} }`, call: 'f' });
const value = (given: unknown): unknown => expect.objectContaining({ value: given });
const lines = (...console: string[]): unknown => expect.objectContaining({ console });
const error = (code: number, message?: string, data?: object): unknown =>
  expect.objectContaining({
    code,
    ...(message !== undefined && { message }),
    ...(data !== undefined && { data: expect.objectContaining(data) }),
  });

type Row = readonly [title: string, script: unknown, answer: unknown];

const SCRIPTS: readonly Row[] = [
  ['a function that adds', body('cb(1 + 2)'), { value: 3, console: [], time: expect.any(Number) }],
  ['globals', { ...body('cb([n, o.a[1]])'), globals: { n: 1, o: { a: [0, 'x'] } } }, value([1, 'x'])],
  [
    'code that changes globals',
    { code: 'n += 1; function f(cb) { cb(n) }', globals: { n: 1 }, call: 'f' },
    value(2),
  ],
  ['null globals', { ...body('cb(1)'), globals: null }, value(1)],
  ['an array for globals', { ...body('cb(1)'), globals: [1] }, error(1100, 'Invalid script')],
  ['text for globals', { ...body('cb(1)'), globals: 'x' }, error(1100, 'Invalid script')],
  ['a number for globals', { ...body('cb(1)'), globals: 5 }, error(1100, 'Invalid script')],
  ['true for globals', { ...body('cb(1)'), globals: true }, error(1100, 'Invalid script')],
  [
    'console and require in globals: ours are kept',
    { ...body('console.log(typeof require); cb(1)'), globals: { console: 1, require: 2 } },
    lines('function'),
  ],
  [
    'Object in globals: shadowed, and the call works',
    { ...body('cb(Object)'), globals: { Object: 1 } },
    value(1),
  ],
  [
    '__proto__ in globals: a property like others',
    { ...body('cb(typeof hasOwnProperty)'), globals: JSON.parse('{"__proto__":{"x":1}}') },
    value('function'),
  ],
  [
    'undefined in globals: stays what it is',
    { ...body('cb(typeof undefined)'), globals: { undefined: 1 } },
    value('undefined'),
  ],
  ['a const function', { code: 'const f = (cb) => cb(1)', call: 'f' }, value(1)],
  ['a let function', { code: 'let f = function (cb) { cb(1) }', call: 'f' }, value(1)],
  ['a bound function', { code: 'const f = ((a, cb) => cb(a)).bind(null, 7)', call: 'f' }, value(7)],
  [
    'a class, with a caller that makes one',
    { code: 'class f { constructor(cb) { cb(1) } }', call: 'f', caller: '(c, cb) => { new c(cb) }' },
    value(1),
  ],
  ['a function given a unicode name', { code: 'function größe(cb) { cb(1) }', call: 'größe' }, value(1)],
  ['call to a.b', { code: 'var a = { b(cb) { cb(1) } }', call: 'a.b' }, error(1001, 'Not implemented')],
  ['no call', { code: 'var a' }, error(1001, 'Not implemented')],
  ['an empty call', { code: 'var a', call: '' }, error(1001, 'Not implemented')],
  ['a number for call', { code: 'var a', call: 5 }, error(1001, 'Not implemented')],
  ['a call to an unknown name', { code: 'var a', call: 'g' }, error(1001, 'Not implemented')],
  ['a call to code, not a name', { code: 'var a', call: '(() => 1)' }, error(1001, 'Not implemented')],
  ['a call to a number', { code: 'var f = 5', call: 'f' }, error(1001, 'Not implemented')],
  ['a call to null', { code: 'var f = null', call: 'f' }, error(1001, 'Not implemented')],
  ['a call to constructor', { code: 'var a', call: 'constructor' }, error(1001, 'Not implemented')],
  ['a call to require', { code: 'var a', call: 'require' }, error(1001, 'Not implemented')],
  [
    'a call to a global that globals gave',
    { code: '', call: 'n', globals: { n: 1 } },
    error(1001, 'Not implemented'),
  ],
  ['no code', { call: 'f' }, error(1100, 'Invalid script')],
  ['a number for code', { code: 5, call: 'f' }, error(1100, 'Invalid script')],
  ['null for code', { code: null, call: 'f' }, error(1100, 'Invalid script')],
  ['no payload', undefined, error(1100, 'Invalid script')],
  ['null for payload', null, error(1100, 'Invalid script')],
  ['text for payload', 'x', error(1100, 'Invalid script')],
  ['an array for payload', [], error(1100, 'Invalid script')],
  ['empty code', { code: '', call: 'f' }, error(1001, 'Not implemented')],
  [
    "the README's caller",
    {
      code: 'function f(github, event, cb) { cb([github.token, event.id]) }',
      globals: { secrets: { token: 't' }, event: { id: 7 } },
      call: 'f',
      caller:
        '(function(callee, cb) {\n  var github = { token: secrets.token };\n  callee(github, event, cb);\n})',
    },
    value(['t', 7]),
  ],
  [
    'a caller with its own callback',
    { ...body('cb(1)'), caller: '(function (callee, cb) { callee(function (v) { cb(v + 1) }) })' },
    value(2),
  ],
  [
    'a caller without parentheses',
    { ...body('cb(1)'), caller: 'function (callee, cb) { callee(cb) }' },
    value(1),
  ],
  [
    'a caller that ends in a semicolon',
    { ...body('cb(1)'), caller: '(function (callee, cb) { callee(cb) });' },
    value(1),
  ],
  [
    'a caller that ends in a comment',
    { ...body('cb(1)'), caller: '(callee, cb) => callee(cb) // done' },
    value(1),
  ],
  [
    'statements, and a caller',
    { ...body('cb(1)'), caller: 'var n = 5; (function (callee, cb) { callee((v) => cb(v + n)) })' },
    value(6),
  ],
  ['a caller that is no function', { ...body('cb(1)'), caller: '5' }, error(1000, 'TypeError')],
  [
    'a caller that throws',
    { ...body('cb(1)'), caller: '(function () { throw new RangeError("r") })' },
    error(1000, 'RangeError', { message: 'r', line: 1, column: 22 }),
  ],
  ['a caller that does not parse', { ...body('cb(1)'), caller: '(function ( {' }, error(1000, 'SyntaxError')],
  ['an empty caller: the default one', { ...body('cb(1)'), caller: '' }, value(1)],
  ['require of a builtin', body('cb(require("path").join("a", "..", "b"))'), value('b')],
  [
    'require of what is not installed',
    body('require("nope")'),
    error(1000, 'Error', { stack: expect.stringContaining("Cannot find module 'nope'") }),
  ],
  [
    'process and Node itself: not there',
    body('cb([typeof process, typeof global, typeof module, typeof __filename])'),
    value(['undefined', 'undefined', 'undefined', 'undefined']),
  ],
  [
    'timers and queueMicrotask, as in Node',
    body(
      'const t = setTimeout(() => cb("late"), 50); clearTimeout(t); setImmediate(() => queueMicrotask(() => cb("now")))',
    ),
    value('now'),
  ],
  [
    "the console's constructor: no way to the host",
    body('cb(console.log.constructor("return typeof process")())'),
    value('undefined'),
  ],
  [
    'import(): an error of the script',
    body(
      'import("fs").catch((e) => cb([e instanceof Error, e.constructor.constructor("return typeof process")()]))',
    ),
    value([true, 'undefined']),
  ],
  [
    'Buffer, URL and text codecs: there as in Node',
    body(
      'cb([Buffer.from("hi").toString("hex"), new URL("http://a/b?c=1").searchParams.get("c"), new TextEncoder().encode("é").length])',
    ),
    value(['6869', '1', 2]),
  ],
  [
    'a var or function named as a global: takes effect',
    {
      code: 'var Buffer = 5; function URL() { return 6 } const atob = 7; function f(cb) { cb([Buffer, URL(), atob, globalThis.Buffer]) }',
      call: 'f',
    },
    value([5, 6, 7, 5]),
  ],
  [
    'a global function replaced: callable',
    { code: 'function setTimeout(cb) { cb("mine") }', call: 'setTimeout' },
    value('mine'),
  ],
  [
    'globals named as a global',
    { ...body('cb([Buffer, URL])'), globals: { Buffer: 1, URL: { a: 2 } } },
    value([1, { a: 2 }]),
  ],
  ['util.promisify of a timer', body('require("util").promisify(setTimeout)(5, "v").then(cb)'), value('v')],
  [
    'a timer object, and its number',
    body(
      'const t = setTimeout(() => cb("late"), 20); clearTimeout(+t); const u = setInterval(() => { clearInterval(u); cb(typeof u.unref) }, 5)',
    ),
    value('function'),
  ],
  ['a timer of what is no function', body('setTimeout("cb()", 1)'), error(1000, 'TypeError')],
];

const VALUES: readonly Row[] = [
  ...[0, false, '', null, 'text', 1.5, [], {}, 'ä€😀\u2028', [[1], { a: null }]].map((given): Row => [
    JSON.stringify(given),
    body(`cb(${JSON.stringify(given)})`),
    value(given),
  ]),
  ...['undefined', 'NaN', 'Infinity', '-Infinity', '() => 1', 'Symbol("s")', 'new Date(NaN)'].map(
    (text): Row => [text, body(`cb(${text})`), value(null)],
  ),
  ['nothing', body('cb()'), value(null)],
  ['-0', body('cb(-0)'), value(0)],
  [
    'undefined and NaN inside',
    body('cb({ a: undefined, n: NaN, l: [undefined] })'),
    value({ n: null, l: [null] }),
  ],
  ['a Date', body('cb(new Date(0))'), value('1970-01-01T00:00:00.000Z')],
  ...['new Map([[1, 2]])', 'new Set([1])', '/a/', 'new Error("e")', 'Promise.resolve(1)'].map((text): Row => [
    text,
    body(`cb(${text})`),
    value({}),
  ]),
  ['a BigInt', body('cb(1n)'), error(1000, 'TypeError')],
  ['something circular', body('const a = {}; a.a = a; cb(a)'), error(1000, 'TypeError')],
  ['a toJSON that throws', body('cb({ toJSON() { throw new RangeError("r") } })'), error(1000, 'RangeError')],
  ['a getter that throws', body('cb({ get a() { throw new RangeError("r") } })'), error(1000, 'RangeError')],
  ['a Buffer', body('cb(require("buffer").Buffer.from("hi"))'), value({ type: 'Buffer', data: [104, 105] })],
  ['a lone surrogate', body('cb("\\ud800")'), value('\ud800')],
  ['three arguments: the first', body('cb(1, 2, 3)'), value(1)],
  ['cb twice: the first', body('cb(1); cb(2)'), value(1)],
  ['cb, then a throw', body('cb(1); throw new Error("late")'), value(1)],
  ['a callback after a timer', body('setTimeout(cb, 20, 5)'), value(5)],
  ['what is logged after cb', body('console.log("a"); cb(1); console.log("b")'), lines('a')],
  ['256 KB', body('cb("x".repeat(262144))'), value('x'.repeat(262_144))],
  ['2 MB', body('cb("x".repeat(2097152))'), value('x'.repeat(2_097_152))],
];

const PROMISES: readonly Row[] = [
  [
    'an async function with the default caller',
    { code: 'async function f() { return 5 }', call: 'f' },
    value(5),
  ],
  [
    'an async function that awaits a timer',
    { code: 'async function f() { await new Promise((r) => setTimeout(r, 20)); return 5 }', call: 'f' },
    value(5),
  ],
  [
    'one that takes no callback and resolves to undefined',
    { code: 'async function f() {}', call: 'f' },
    value(null),
  ],
  [
    'one that takes a callback, never calls it, and resolves to undefined',
    { code: 'async function f(cb) {}', call: 'f' },
    error(1002, 'Timeout'),
  ],
  [
    'one that takes a callback and calls it later',
    { code: 'async function f(cb) { setTimeout(cb, 20, 1) }', call: 'f' },
    value(1),
  ],
  [
    'one that takes a callback and resolves to a value',
    { code: 'async function f(cb) { return 2 }', call: 'f' },
    value(2),
  ],
  [
    'a rejection',
    { code: 'async function f() { throw new TypeError("t") }', call: 'f' },
    error(1000, 'TypeError', { message: 't' }),
  ],
  [
    'a promise that a caller returns',
    { ...body('cb(1)'), caller: '(callee, cb) => Promise.resolve(9)' },
    value(9),
  ],
  [
    'a promise of undefined that a caller returns: the callback may still come',
    { ...body('setTimeout(cb, 20, 1)'), caller: 'async (callee, cb) => { callee(cb) }' },
    value(1),
  ],
  ['a thenable', body('return { then(done) { done(3) } }'), value(3)],
  ['a value that is no promise: nothing', body('return 5'), error(1002, 'Timeout')],
  [
    'a promise that never settles',
    { code: 'function f() { return new Promise(() => {}) }', call: 'f' },
    error(1002, 'Timeout'),
  ],
  [
    'Promise.prototype.then replaced',
    { code: 'Promise.prototype.then = () => { throw 1 }; async function f() { return 4 }', call: 'f' },
    value(4),
  ],
];

const CONSOLE: readonly Row[] = [
  ['several arguments', body('console.log("foo", "bar", 1); cb()'), lines('foo bar 1')],
  ['none', body('console.log(); cb()'), lines('')],
  [
    'primitives',
    body('console.log(1, true, null, undefined, "x", -0, 5n); cb()'),
    lines('1 true null undefined x -0 5n'),
  ],
  ['objects and arrays', body('console.log({ a: 1 }, [1]); cb()'), lines('{ a: 1 } [ 1 ]')],
  [
    'nested, maps, classes',
    body('class A { x = 1 } console.log({ a: { b: { c: { d: 1 } } } }, new Map([["k", new A()]])); cb()'),
    lines("{ a: { b: { c: [Object] } } } Map(1) { 'k' => A { x: 1 } }"),
  ],
  [
    'a format',
    body('console.log("%s=%d %j %%", "n", 5, { a: 1 }, "rest"); cb()'),
    lines('n=5 {"a":1} % rest'),
  ],
  ['a percent sign alone', body('console.log("100%"); cb()'), lines('100%')],
  ['a Symbol', body('console.log(Symbol("q")); cb()'), lines('Symbol(q)')],
  ['text with a newline: one entry', body('console.log("a\\nb"); cb()'), lines('a\nb')],
  [
    'error, warn, info, debug',
    body('console.error("e"); console.warn("w"); console.info("i"); console.debug("d"); cb()'),
    lines('e', 'w', 'i', 'd'),
  ],
  [
    'an object whose toString throws',
    body('console.log({ toString() { throw 1 } }); cb()'),
    lines('{ toString: [Function: toString] }'),
  ],
  ['a function', body('console.log(function g() {}, class B {}); cb()'), lines('[Function: g] [class B]')],
];

const LOOPED = error(1002, 'Timeout', { limit: 'wall', console: ['a'] });

const ERRORS: readonly Row[] = [
  [
    'thrown in the call',
    body('console.log("a"); throw new TypeError("t")'),
    {
      code: 1000,
      message: 'TypeError',
      data: {
        message: 't',
        console: ['a'],
        stack: 'TypeError: t\n    at f (script.js:1:42)',
        line: 1,
        column: 42,
      },
    },
  ],
  [
    'thrown in the code',
    { code: '\n\n  throw new Error("e")', call: 'f' },
    error(1000, 'Error', { stack: 'Error: e\n    at script.js:3:9', line: 3, column: 9 }),
  ],
  [
    'with its own name',
    body('const e = new Error("m"); e.name = "Mine"; throw e'),
    error(1000, 'Mine', { message: 'm' }),
  ],
  [
    'a class of the script',
    body('class Own extends Error { get name() { return "Own" } } throw new Own("m")'),
    error(1000, 'Own'),
  ],
  ['text', body('throw "str"'), { code: 1000, message: 'str', data: { message: 'str', console: [] } }],
  ['a number', body('throw 42'), error(1000, '42')],
  ['an object', body('throw { a: 1 }'), error(1000, 'Error', { message: '{ a: 1 }' })],
  ['an object whose name is an object', body('throw { name: {} }'), error(1000, 'Error')],
  [
    'an object whose getters throw',
    body('throw { get name() { throw 1 }, get message() { throw 2 }, get stack() { throw 3 } }'),
    error(1000, 'Error'),
  ],
  [
    'a proxy that traps everything',
    body(
      'throw new Proxy({}, { get() { throw 1 }, has() { throw 1 }, ownKeys() { throw 1 }, getPrototypeOf() { throw 1 } })',
    ),
    error(1000, 'Error'),
  ],
  ['null', body('throw null'), error(1000, 'null')],
  ['undefined', body('throw undefined'), error(1000, 'undefined')],
  ['a symbol', body('throw Symbol("s")'), error(1000, 'Symbol(s)')],
  ['an empty text', body('throw ""'), error(1000, 'Error')],
  ['a stack overflow', body('(function g() { g() })()'), error(1000, 'RangeError')],
  [
    'code that does not parse',
    { code: 'var a;\nfoo bar', call: 'f' },
    error(1000, 'SyntaxError', {
      line: 2,
      column: 5,
      stack: expect.stringContaining('\n    at script.js:2:5'),
    }),
  ],
  [
    'in a timer',
    body('console.log("a"); setTimeout(() => { throw new RangeError("r") }, 5)'),
    error(1000, 'RangeError', { message: 'r', console: ['a'] }),
  ],
  ['in a microtask', body('queueMicrotask(() => { throw new RangeError("r") })'), error(1000, 'RangeError')],
  ['an unhandled rejection', body('Promise.reject(new RangeError("r"))'), error(1000, 'RangeError')],
  ['a rejection handled in time', body('Promise.reject(1).catch(() => cb("fine"))'), value('fine')],
  [
    'never calls back',
    body('console.log("so far")'),
    error(1002, 'Timeout', { limit: 'wall', console: ['so far'] }),
  ],
  ['calls back after the deadline', body(`setTimeout(cb, ${TIMEOUT_MS + 200}, 1)`), error(1002, 'Timeout')],
  ...(
    [
      ['a loop in the code', { code: 'console.log("a"); for (;;);', call: 'f' }],
      ['a loop in the caller text', { ...body('cb(1)'), caller: 'console.log("a"); for (;;);' }],
      ['a loop in the caller', { ...body('cb(1)'), caller: '(function () { console.log("a"); for (;;); })' }],
      ['a loop in the call', body('console.log("a"); for (;;);')],
      ['a loop in a timer', body('console.log("a"); setTimeout(() => { for (;;); }, 1)')],
      ['a loop in a microtask', body('console.log("a"); queueMicrotask(() => { for (;;); })')],
      ['a loop of microtasks', body('console.log("a"); (function g() { queueMicrotask(g) })()')],
      [
        'a loop after an await',
        { code: 'async function f(cb) { console.log("a"); await 1; for (;;); }', call: 'f' },
      ],
      ['a loop in a getter of the value', body('console.log("a"); cb({ get a() { for (;;); } })')],
      ['a loop in toJSON', body('console.log("a"); cb({ toJSON() { for (;;); } })')],
      ['a loop in a thrown error', body('console.log("a"); throw { get name() { for (;;); } }')],
      [
        'a regular expression that backtracks',
        body('console.log("a"); /^(a+)+$/.test("a".repeat(40) + "b")'),
      ],
      [
        'a wait on shared memory',
        body('console.log("a"); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)'),
      ],
    ] as const
  ).map(([title, script]): Row => [title, script, LOOPED]),
];

const TABLES: readonly (readonly [string, readonly Row[]])[] = [
  ['a script', SCRIPTS],
  ['a value', VALUES],
  ['a promise', PROMISES],
  ['a console line', CONSOLE],
  ['an error', ERRORS],
];

describe('as in the original, or as its README says', () => {
  describe.each(TABLES)('%s', (_, rows) => {
    it.each(rows)('%s', async (_title, script, answer) => {
      const given = answer === LOOPED ? { ...(script as Script), ...SHORT } : script;
      expect(await answerOf(given)).toEqual(answer);
    });
  });

  it('serves others while scripts loop', async () => {
    const loops = Promise.all(Array.from({ length: 4 }, () => answerOf(body('for (;;);'))));
    for (let i = 0; i < 10; i++) expect(await answerOf(body('cb(1)'))).toEqual(value(1));
    for (const answer of await loops) expect(answer).toEqual(error(1002, 'Timeout'));
  });

  it('answers the fast one first, on one connection', async () => {
    const order: string[] = [];
    await Promise.all([
      answerOf(body('const t = Date.now(); while (Date.now() - t < 300); cb()')).then(() =>
        order.push('slow'),
      ),
      answerOf(body('cb()')).then(() => order.push('fast')),
    ]);
    expect(order).toEqual(['fast', 'slow']);
  });

  it('lets nothing of one call reach the next', async () => {
    await answerOf({
      code: 'leak = 1; Object.prototype.leak = 1; Array.prototype.push = 0; function f(cb) { cb() }',
      call: 'f',
    });
    for (let i = 0; i < 5; i++) {
      const answer = await answerOf(body('cb([typeof leak, typeof [].push])'));
      expect(answer).toEqual(value(['undefined', 'function']));
    }
  });

  it('shows nothing of the host in a stack', async () => {
    const answer = await answerOf(body('console.trace("t"); JSON.parse("{")'));
    expect(JSON.stringify(answer)).not.toMatch(/node:|file:|javascriptd|\/work|dist/);
  });

  it('lives on when a client leaves, or resets, in a call', async () => {
    const url = await service.listens();
    for (const leave of ['close', 'terminate'] as const) {
      const leaver = await DuplexClient.connect(url);
      leaver.call('runtime.execute', body('setTimeout(cb, 300)')).catch(() => undefined);
      leaver.raw.socket[leave]();
      await leaver.closed;
    }
    expect(await answerOf(body('cb(1)'))).toEqual(value(1));
  });
});

describe('with a process for each script', () => {
  let isolated: Binary;
  let isolatedClient: DuplexClient;
  beforeAll(async () => {
    isolated = new Binary(['--port', '0', '--sandbox-isolation', 'process'], { TIMEOUT: `${TIMEOUT_MS}` });
    isolatedClient = await DuplexClient.connect(await isolated.listens());
  });
  afterAll(async () => {
    isolated.kill('SIGTERM');
    await isolated.ended();
  });

  /** A script lives in the realm that packages live in, which need these. */
  const OTHERS = new Map([
    ['process and Node itself: not there', value(['object', 'object', 'undefined', 'undefined'])],
    ["the console's constructor: no way to the host", value('object')],
    ['import(): an error of the script', value([true, 'object'])],
  ]);

  // All of a table together, a few at a time: a process for each takes its time.
  it.each(TABLES)(
    'answers the same: %s',
    async (_, rows) => {
      const left = [...rows];
      const serve = async (): Promise<void> => {
        for (let row = left.shift(); row !== undefined; row = left.shift()) {
          const [title, script, answer] = row;
          // oxlint-disable-next-line no-await-in-loop -- a few at a time
          const given = [title, await answerOf(script, isolatedClient)];
          expect(given).toEqual([title, OTHERS.get(title) ?? answer]);
        }
      };
      await Promise.all([serve(), serve(), serve()]);
    },
    60_000,
  );
});
