/**
 * The scripts of the soak run. `make` gives the payload of one call; `accepts` says whether a reply is one that the script
 * allows. A reply is `{value, console, chunks}` or `{code, data}`, whatever transport it came by.
 */

const MIB = 1024 * 1024;

/** Those of the codes in a list, or a value that passes. */
const gives = (passes) => (reply) => reply.code === undefined && passes(reply);
const fails =
  (...codes) =>
  (reply) =>
    codes.includes(reply.code);
const same = (expected) => gives(({ value }) => JSON.stringify(value) === JSON.stringify(expected));

const trivial = {
  name: 'trivial',
  make(random) {
    const [a, b] = [random.below(1000), random.below(1000)];
    return {
      payload: { code: 'function f(cb) { cb(a + b); }', globals: { a, b }, call: 'f' },
      accepts: same(a + b),
    };
  },
};

const throwing = {
  name: 'throwing',
  make: (random) => ({
    payload: {
      code: random.of([
        'function f() { throw new TypeError("no"); }',
        'async function f() { throw null; }',
        'function f(cb) { setTimeout(() => { throw new Error("late"); }, 1); }',
        'let x = ;',
      ]),
      call: 'f',
    },
    accepts: fails(1000),
  }),
};

const missing = {
  name: 'missing call',
  make: () => ({ payload: { code: 'var f = 5;', call: 'f' }, accepts: fails(1001) }),
};

const asynchronous = {
  name: 'async',
  make(random) {
    const n = random.below(100);
    const code =
      'const f = async () => { let sum = 0; for (let i = 0; i < n; i++) sum += await i; return sum; };';
    return { payload: { code, globals: { n }, call: 'f' }, accepts: same((n * (n - 1)) / 2) };
  },
};

const timers = {
  name: 'timers',
  make(random) {
    const ms = random.below(20);
    return {
      payload: { code: 'function f(cb) { setTimeout(cb, ms, "late"); }', globals: { ms }, call: 'f' },
      accepts: same('late'),
    };
  },
};

const looping = {
  name: 'looping',
  make: (random) => ({
    payload: {
      code: random.of(['for (;;);', 'async function f() { for (;;) await 0; }', 'function f(cb) {}']),
      call: 'f',
      options: { timeout: 20 + random.below(60) },
    },
    accepts: fails(1002),
  }),
};

const console = {
  name: 'console',
  make(random) {
    const n = 1 + random.below(50);
    return {
      payload: {
        code: 'function f(cb) { for (let i = 0; i < n; i++) console.log("line %d", i); cb(n); }',
        globals: { n },
        call: 'f',
      },
      accepts: gives(({ value, console: lines }) => value === n && lines.length === n),
    };
  },
};

const streamed = {
  name: 'streamed',
  streams: true,
  make(random) {
    const n = 1 + random.below(20);
    return {
      payload: {
        code: 'async function* f() { for (let i = 0; i < n; i++) { console.log(i); yield i; } return n; }',
        globals: { n },
        call: 'f',
      },
      accepts: gives(({ value, chunks }) => value === n && chunks === 2 * n),
    };
  },
};

const hostFunctions = {
  name: 'host functions',
  webSocketOnly: true,
  make(random) {
    const n = 1 + random.below(5);
    return {
      payload: {
        code: `async function f() {
          let sum = 0;
          for (let i = 0; i < n; i++) sum += await host.double(i);
          try { await host.refuse(); } catch ({ code }) { return [sum, code]; }
        }`,
        globals: { n },
        call: 'f',
        options: { functions: ['double', 'refuse'] },
      },
      accepts: same([n * (n - 1), 404]),
    };
  },
};

const unanswered = {
  name: 'host function without an answer',
  webSocketOnly: true,
  make: () => ({
    payload: {
      code: 'async function f() { return await host.silent(); }',
      call: 'f',
      options: { functions: ['silent'], timeout: 50 },
    },
    accepts: fails(1002),
  }),
};

const PREPARED = Array.from(
  { length: 8 },
  (_, n) => `let calls = 0; const f = async () => [++calls > 0, a + ${n}];`,
);

/** `prepares` is called with its code; the client sends the id that it has got for it. */
const prepared = {
  name: 'prepared',
  make(random) {
    const [n, a] = [random.below(PREPARED.length), random.below(1000)];
    const options = random.chance(0.5) ? { reuse: true } : {};
    return {
      prepares: PREPARED[n],
      payload: { globals: { a }, call: 'f', options },
      accepts: same([true, a + n]),
    };
  },
};

const large = {
  name: 'large globals and results',
  make(random) {
    const n = 1 + random.below(MIB - 100);
    const text = 'x'.repeat(random.below(MIB - 100));
    return {
      payload: {
        code: 'function f(cb) { cb([text.length, "y".repeat(n)]); }',
        globals: { text, n },
        call: 'f',
      },
      accepts: gives(({ value: [length, result] }) => length === text.length && result.length === n),
    };
  },
};

const packages = {
  name: 'npm package',
  make(random) {
    const list = Array.from({ length: 10 }, () => random.below(100));
    return {
      payload: {
        code: 'const { chunk } = require("lodash"); function f(cb) { cb(chunk(list, 3)); }',
        globals: { list },
        call: 'f',
      },
      accepts: gives(({ value }) => JSON.stringify(value.flat()) === JSON.stringify(list)),
    };
  },
};

/** Ends when the client cancels it, which it does a moment later. */
const cancelled = {
  name: 'cancelled',
  webSocketOnly: true,
  cancels: true,
  make: (random) => ({
    payload: { code: random.of(['for (;;);', 'function f(cb) {}']), call: 'f' },
    // A reply other than 1004 is a cancellation that was lost.
    accepts: () => false,
  }),
};

/** With pieces that are large, since what it takes is time and not what it fills the memory with. */
const filling = {
  name: 'filling the memory',
  make: (random) => ({
    payload: {
      code: `const all = []; for (;;) all.push(${random.of(['new Array(1e6).fill(0.5)', 'new Uint8Array(1e7).fill(1)'])});`,
      call: 'f',
    },
    // A slow machine does not fill it in time.
    accepts: fails(1003, 1002),
  }),
};

const invalid = {
  name: 'invalid payload',
  make: (random) => ({
    payload: random.of([{ code: 5 }, { code: '', globals: [] }, { code: '', options: { timeout: 0 } }]),
    accepts: fails(1100),
  }),
};

/**
 * With the weight of each: so many of about 100,000. Those that end their runner process are rare, since a million
 * executions still have thousands of them, and a process takes the time of a hundred light scripts to start.
 */
export const CONTEXT_SCRIPTS = [
  [34_930, trivial],
  [9000, throwing],
  [5000, missing],
  [13_000, asynchronous],
  [5000, timers],
  [150, looping],
  [7000, console],
  [4000, streamed],
  [5000, hostFunctions],
  [110, unanswered],
  [11_000, prepared],
  [200, large],
  [3500, packages],
  [150, cancelled],
  [150, filling],
  [1800, invalid],
];

/** At level `process` each needs a process of its own, and nothing is kept for `reuse`. */
export const PROCESS_SCRIPTS = [
  [40, trivial],
  [10, throwing],
  [5, missing],
  [15, asynchronous],
  [5, timers],
  [2, looping],
  [10, console],
  [5, streamed],
  [6, hostFunctions],
  [1, large],
  [1, cancelled],
  [6, packages],
];
