import { readFileSync } from 'node:fs';
import { installedPackages } from '../../src/sandbox/packages/installed-packages.js';
import { OFFERED_BUILTINS, PACKAGE_BUILTINS } from '../../src/sandbox/boundary/builtins.js';
import { installFixtures, runWithModules } from '../support/modules.js';
import { poison } from '../support/poison.js';

const FOREIGN = readFileSync(new URL('../support/foreign-objects.js', import.meta.url), 'utf8');

const moduleDir = installFixtures({
  'pkg/package.json': '{"name":"pkg","version":"1.0.0"}',
  'pkg/index.js':
    'exports.module = module; exports.require = require; exports.process = process; exports.global = global; exports.data = require("./data.json"); exports.get = (id) => require(id); exports.timer = setTimeout(() => {}, 1)',
  'pkg/data.json': '{"a":[1]}',
  'throws/package.json': '{"name":"throws","version":"1.0.0"}',
  'throws/index.js': 'throw new Error("mine")',
  'bad/package.json': '{"name":"bad","version":"1.0.0"}',
  'bad/index.js': 'let = 5 5',
  'deep/package.json': '{"name":"deep","version":"1.0.0"}',
  'deep/index.js':
    'require("util").inspect({}); require("fs"); require("url").parse("http://a/"); require("./x.json")',
  'deep/x.json': '{}',
});
const packages = await installedPackages([moduleDir]);

const NOT_OFFERED = [
  'fs',
  'http',
  'https',
  'net',
  'tls',
  'child_process',
  'crypto',
  'zlib',
  'vm',
  'worker_threads',
  'dns',
  'v8',
  'cluster',
  'dgram',
  'readline',
  'module',
  'http2',
  'inspector',
  'repl',
  'path/win32',
  'stream/web',
];

const caught = (expression: string) =>
  `(() => { try { return ${expression} } catch (error) { return error } })()`;

const use = `
  for (const id of ['pkg', 'throws', 'bad', 'deep', 'gone', 'fs', './x', 'util', 'url', 'buffer']) try { require(id) } catch (error) { note(error) }
  try { note(new (require('url').URL)('http://a.b/?c=d')) } catch (error) { note(error) }
  try { note(new (require('url').URL)('nope')) } catch (error) { note(error) }
`;

// Not among them: reading `stack` on a full stack. There Node's own formatter overflows in the host's realm, in
// every context, with or without a loader; the bootstrap's tests have that one.
const attacks: [title: string, code: string][] = [
  [
    'require and all that hangs on it',
    'foreign([require, require.constructor, require.cache, require.main, require.resolve])',
  ],
  ['a package and its module object', 'foreign([require("pkg"), require.cache])'],
  ['the process object of packages', 'foreign(require("pkg").process)'],
  ['the error for an absent module', `foreign(${caught('require("gone")')})`],
  ['the error for a forbidden module', `foreign(${caught('require("fs")')})`],
  ['the error for a module that throws', `foreign(${caught('require("throws")')})`],
  ['the error for a module that does not compile', `foreign(${caught('require("bad")')})`],
  [
    'errors for wrong ids',
    `foreign([undefined, null, 5, {}, [], Symbol(), () => 1, { toString: () => 'pkg' }].map((id) => ${caught('require(id)')}))`,
  ],
  [
    'what a callback of require.resolve is given',
    `foreign(['pkg', 'gone', 'fs', {}].map((id) => ${caught('require.resolve(id)')}))`,
  ],
  ...[...OFFERED_BUILTINS].map((name): [string, string] => [
    `the builtin ${name}`,
    `foreign(require("${name}"))`,
  ]),
  ...[...PACKAGE_BUILTINS].map((name): [string, string] => [
    `the packages' builtin ${name}`,
    `foreign(require("pkg").get("${name}"))`,
  ]),
  ...NOT_OFFERED.map((name): [string, string] => [
    `the inert builtin ${name}`,
    `foreign(require("pkg").get("${name}"))`,
  ]),
  [
    'what inert functions throw',
    `foreign([${caught('require("pkg").get("fs").readFileSync("/etc/passwd")')}, ${caught('new (require("pkg").get("worker_threads").Worker)("x")')}, ${caught('new (require("pkg").get("http").Agent)()')}])`,
  ],
  [
    'errors on a nearly full stack',
    // First everything once without: V8 of Node 20 ends the process when it compiles a regular expression there.
    `
    const seen = [];
    const ids = ['gone', 'fs', 'pkg', 'deep', 'throws', 'bad', 'util'];
    const use = () => {
      for (const id of ids) try { require(id) } catch (error) { seen.push(error) }
      for (const id of ids) try { require.resolve(id) } catch (error) { seen.push(error) }
    };
    use(); use(); use();
    let levels = 0;
    const dive = () => {
      try { dive() } catch (error) { seen.push(error) }
      if (++levels < 300) use();
    };
    dive();
    foreign(seen)`,
  ],
  [
    'URLs on a nearly full stack',
    `
    const { URL } = require('url');
    const seen = [];
    let levels = 0;
    const dive = () => {
      try { dive() } catch (error) { seen.push(error) }
      if (++levels > 300) return;
      try { seen.push(new URL('http://a/')); seen.push(new URL('nope')) } catch (error) { seen.push(error) }
    };
    dive();
    foreign(seen)`,
  ],
  [
    'insides of promises and proxies, with traps that collect what they get',
    `
    const { inspect } = require('util');
    const seen = [];
    const collect = (...args) => { seen.push(...args); throw args };
    const handler = { get: collect, getPrototypeOf: collect, ownKeys: collect, getOwnPropertyDescriptor: collect };
    const trap = new Proxy({}, handler);
    class Own extends Promise {}
    Object.defineProperty(Own, Symbol.hasInstance, { value: collect });
    for (const key of ['then', 'constructor'])
      Object.defineProperty(Promise.prototype, key, { get() { seen.push(this); return collect } });
    const values = [Promise.resolve(trap), Promise.reject(trap), Own.resolve({}), new Promise(() => {}), trap,
      Object.defineProperty(Promise.resolve(1), 'constructor', { get: collect }), Object.freeze(Promise.resolve(1)),
      new Proxy(Promise.resolve(1), handler), new Proxy(trap, {}), new Map([[1, trap]]).entries()];
    const use = (options) => {
      for (const value of values) try { seen.push(inspect(value, options)) } catch (error) { seen.push(error) }
    };
    use({}); use({ showProxy: true }); use({ showHidden: true });
    let levels = 0;
    const dive = () => {
      try { dive() } catch (error) { seen.push(error) }
      if (++levels < 100) use({ showProxy: true });
    };
    dive();
    foreign(seen)`,
  ],
  [
    'poisoned arrays',
    `${poison('Array.prototype', 'Array', 'Object.getPrototypeOf([][Symbol.iterator]())')}${use}; foreign(seen)`,
  ],
  ['poisoned objects', `${poison('Object.prototype', 'Object')}${use}; foreign(seen)`],
  ['poisoned functions', `${poison('Function.prototype', 'Reflect')}${use}; foreign(seen)`],
  [
    'poisoned texts',
    `${poison('String.prototype', 'String', 'RegExp.prototype', 'RegExp', 'JSON')}${use}; foreign(seen)`,
  ],
  [
    'poisoned maps and sets',
    `${poison('Map.prototype', 'Set.prototype', 'WeakMap.prototype', 'Object.getPrototypeOf(new Map().entries())')}${use}; foreign(seen)`,
  ],
  ['poisoned promises', `${poison('Promise.prototype', 'Promise')}${use}; foreign(seen)`],
  ['poisoned errors', `${poison('Error', 'Error.prototype', 'TypeError.prototype')}${use}; foreign(seen)`],
  [
    'replaced constructors',
    `
    const seen = []; const note = (value) => seen.push(value);
    for (const name of ['Error', 'TypeError', 'RangeError', 'SyntaxError', 'Object', 'Array', 'Map', 'Promise', 'Function', 'Uint8Array']) {
      const original = globalThis[name];
      globalThis[name] = new Proxy(original, { apply: (t, self, args) => (note([self, args]), Reflect.apply(t, self, args)), construct: (t, args, n) => (note(args), Reflect.construct(t, args, n)), get: (t, key, self) => (note(self), Reflect.get(t, key)) });
    }
    ${use}; foreign(seen)`,
  ],
  [
    'setters on Object.prototype',
    `
    const seen = []; let size = 0; const { defineProperty } = Object; const note = (value) => size > 3000 || defineProperty(seen, size++, { value, configurable: true, writable: true, enumerable: true });
    for (const key of ['0', '1', '2', 'ask', 'load', 'require', 'exports', 'code', 'cause', 'message', 'resolve', 'cache', 'then', 'host', 'environment'])
      if (!(key in Object.prototype)) defineProperty(Object.prototype, key, { set(value) { note(value); note(this); defineProperty(this, key, { value, writable: true, configurable: true, enumerable: true }) }, get() { note(this); return undefined }, configurable: true });
    ${use}; for (const key of Object.keys(Object.prototype)) delete Object.prototype[key]; foreign(seen)`,
  ],
  [
    'Error.prepareStackTrace',
    `
    const seen = []; const note = (value) => { if (seen.length < 3000) seen.push(value) };
    Error.prepareStackTrace = (error, sites) => { note(error); note(sites); for (const site of sites) { note(site); note(site.getThis()); note(site.getFunction()); try { note(site.getFunction().arguments) } catch {} } return 'x' };
    ${use}; for (const value of [...seen]) try { value.stack } catch {}
    foreign(seen)`,
  ],
  [
    'Error.prepareStackTrace while modules compile and run on a full stack',
    `
    const seen = []; const note = (value) => { if (seen.length < 1500) seen.push(value) };
    Error.prepareStackTrace = (error, sites) => { note(error); note(sites); for (const site of sites) { note(site); note(site.getThis()); note(site.getFunction()) } return 'x' };
    const dive = () => { try { dive() } catch {} try { delete require.cache[require.resolve('deep')]; require('deep') } catch (error) { note(error) } try { require('bad') } catch (error) { note(error) } if (++unwound > 100) throw 0 };
    let unwound = 0;
    try { dive() } catch (error) { note(error) } for (const value of [...seen]) try { value.stack } catch {} foreign(seen)`,
  ],
  [
    'caller of functions that the loader calls',
    `
    const seen = []; const note = (value) => seen.push(value);
    function spy() { note(spy.caller); try { note(spy.caller.arguments); note(spy.caller.caller) } catch {} note(spy.arguments); return 'pkg' }
    Array.prototype.includes = function includes() { note(includes.caller); note(includes.arguments); return false };
    String.prototype.slice = function slice(a, b) { note(slice.caller); note(slice.arguments); return this.substring(a, b) };
    try { require({ toString: spy }) } catch (error) { note(error) } ${use}; foreign(seen)`,
  ],
  [
    'import() in a package and in code it makes',
    `foreign([${caught('import("fs").catch((e) => e)')}, ${caught('new (require("pkg").global.Function)("return 5")()')}])`,
  ],
];

const HARMLESS = 'require("deep"); require("pkg").data.a[0]';

describe('containment of the loader', () => {
  // Twice: in the second round a context gets everything from the runner's caches.
  const ran = runWithModules(packages, [
    ...[...attacks, ...attacks].map(([, code]) => `${FOREIGN}\n${code}`),
    HARMLESS,
  ]);

  it.each(attacks.map(([title], index) => ({ title, runs: [ran[index], ran[index + attacks.length]] })))(
    '$title: nothing of the host',
    ({ runs }) => {
      for (const result of runs) {
        expect({ found: result?.ok, error: result?.error }).toEqual({ found: '', error: undefined });
      }
    },
  );

  it('serves the next execution after all of them', () => {
    expect(ran.at(-1)?.ok).toBe(1);
  });
});

describe('the walker of these tests', () => {
  it('finds an object of another realm', () => {
    const [result] = runWithModules(packages, [
      { modules: ['*'], code: `${FOREIGN}\nforeign({ deep: [{ leaked }] })`, leak: true },
    ]);
    expect(result?.ok).toContain('root.deep.0.leaked');
  });
});
