/** What ES modules are to code that looks closely: each claim is what plain Node makes of the same expression. */
import { installedPackages } from '../../src/sandbox/packages/installed-packages.js';
import { type Claim, compareClaims } from '../support/module-claims.js';
import { installFixtures } from '../support/modules.js';

const esm = (name: string, text: string, more: Readonly<Record<string, string>> = {}) => ({
  [`${name}/package.json`]: JSON.stringify({ name, version: '1.0.0', type: 'module', exports: './index.js' }),
  [`${name}/index.js`]: text,
  ...Object.fromEntries(Object.entries(more).map(([file, content]) => [`${name}/${file}`, content])),
});

const VALUES = {
  'values.js':
    'export let n = 1; export const add = () => ++n; export default "d"; export function self() { return typeof this }',
};
const withEval = (name: string, text: string) =>
  esm(
    name,
    `import d, { n, add, self as me } from "./values.js"; import * as ns from "./values.js"; ${text}`,
    VALUES,
  );
const chain = (length: number, item: (index: number) => string, between: string): string =>
  Array.from({ length }, (_, index) => item(index)).join(between);
const long = (name: string, expression: string) =>
  esm(name, `import { n, add, self } from "./values.js"; export const value = ${expression}`, VALUES);
/** Each notes its name before and after it has awaited. */
const noting = (name: string, imports = '', wait = 'await 1; await 2;') =>
  `${imports}; (globalThis.noted ??= []).push("${name}"); ${wait} globalThis.noted.push("${name}!");`;

const moduleDir = installFixtures({
  // Direct eval.
  ...withEval(
    'eval-reads',
    'export const read = () => [eval("n"), eval("d"), eval("ns.n"), eval("typeof me")]',
  ),
  ...withEval(
    'eval-live',
    'export const seen = (() => { const before = eval("n"); eval("add()"); return [before, eval("n"), n] })()',
  ),
  ...withEval('eval-assigns', 'export let error; try { eval("n = 5") } catch (e) { error = e.name }'),
  ...withEval(
    'eval-declares',
    'eval("var mine = 1; let other = 2"); export const kinds = [typeof mine, typeof other]',
  ),
  ...withEval(
    'eval-shadowed',
    'export const f = (n) => eval("n"); export const g = () => { const d = 3; return eval("d + n") }',
  ),
  ...withEval(
    'eval-places',
    'class C { x = eval("d"); static m() { return eval("n") } } export const seen = [new C().x, C.m(), ((x = eval("d")) => x)()]',
  ),
  ...withEval('eval-this', 'export const seen = [typeof this, eval("typeof this"), me()]'),
  ...withEval(
    'eval-indirect',
    'const e = eval; export const seen = [e("typeof d"), (0, eval)("typeof me"), eval?.("typeof ns")]',
  ),
  ...withEval('eval-awaits', 'export const seen = [await eval("d"), eval("n"), n]'),
  ...withEval(
    'eval-strict',
    'export let error; try { eval("undeclaredName = 1") } catch (e) { error = e.name }',
  ),
  ...withEval(
    'eval-line',
    '\neval("1")\nexport const line = new Error().stack.match(/index\\.js:(\\d+):(\\d+)/).slice(1).join()',
  ),
  ...esm(
    'eval-cycle',
    'import { late } from "./b.js"; eval("1"); export function early() { return "hoisted" } export const c = late()',
    {
      'b.js': 'import { early } from "./index.js"; export function late() { return eval("early()") }',
    },
  ),

  // Long expressions.
  ...long(
    'long-sum',
    chain(12_000, (i) => (i % 100 === 0 ? 'n' : `"${i}"`), '+'),
  ),
  ...long('long-or', `${chain(8000, () => 'false', '||')} || n`),
  ...long('long-nullish', `${chain(8000, () => 'null', ' ?? ')} ?? n`),
  ...long(
    'long-mixed',
    chain(800, (i) => `n * ${i} - ${i}`, ' + '),
  ),
  ...long('long-calls', `"a"${chain(1500, () => '.concat(n)', '')}.length`),
  ...long(
    'long-functions',
    chain(5000, (i) => (i % 500 === 0 ? '((n) => n)(2)' : 'n'), ' + '),
  ),
  ...long('long-choice', `${chain(1000, (i) => `n === ${i + 5} ? ${i}`, ' : ')} : self()`),
  ...long('long-list', `[${chain(20_000, () => 'n', ',')}].length`),
  ...long('long-evaluated', `eval("n") + ${chain(9000, () => 'n', ' + ')}`),

  // Modules that await.
  ...esm(
    'siblings',
    'import "./a.js"; import "./b.js"; import "./c.js"; export const order = globalThis.noted.splice(0).join()',
    {
      'a.js': noting('a'),
      'b.js': noting('b', '', ''),
      'c.js': noting('c', '', 'await 1;'),
    },
  ),
  ...esm(
    'diamond',
    'import "./left.js"; import "./right.js"; export const order = globalThis.noted.splice(0).join()',
    {
      'left.js': noting('left', 'import "./base.js"', ''),
      'right.js': noting('right', 'import "./base.js"'),
      'base.js': noting('base'),
    },
  ),
  ...esm(
    'await-cycle',
    'import { b } from "./b.js"; export const a = await 1; export const order = [a, b, globalThis.noted.splice(0)].join()',
    {
      'b.js': `import { a } from "./index.js"; ${noting('b')} export let b; try { b = a } catch (e) { b = e.name }`,
    },
  ),
  ...esm('sibling-throws', 'import "./a.js"; import "./b.js"', {
    'a.js': noting('a'),
    'b.js': 'throw new RangeError("at once")',
  }),
  ...esm('sibling-rejects', 'import "./a.js"; import "./b.js"; globalThis.reached = true', {
    'a.js': noting('a'),
    'b.js': 'await 1; throw new RangeError("later")',
  }),
  ...esm('released', 'import "./waits.js"; import "./releases.js"; export const value = "released"', {
    'waits.js': 'let go; const wait = new Promise((r) => { go = r }); globalThis.go = go; await wait',
    'releases.js': 'globalThis.go()',
  }),
  ...esm(
    'awaits-values',
    'for await (const x of [1]) globalThis.noted ??= []; export default await 7; export { n } from "./values.js"',
    VALUES,
  ),

  // Texts of functions.
  ...esm(
    'texts',
    `import d, { n as number, add, "odd-name" as odd } from "./values.js"
import * as ns from "./values.js"
const list = []
export const functions = {
  alias: () => number, called: () => add(1), statement() { add(); odd; }, first() {
    add()
    ;add()
  }, loop() { for (;; add()) break }, shorthand: () => ({ number, d, ns, arguments: 1 }), pattern: ({ x = number }) => ({ x, number: number }),
  tagged: () => d\`x\`, member: () => ns.n + ns["n"] + number.toFixed() + number/add/d, whole: () => [ns, ...Object.keys(ns)],
  meta: () => import.meta.url, dynamic: () => import("./values.js"), args: () => typeof arguments, argument: () => ({ arguments }),
  K: class K extends Object { x = number; static y = add() }, async *g() { yield* d; await add },
}
export default function (x) { return number }`,
    { 'values.js': `${VALUES['values.js']}; export { n as "odd-name" }` },
  ),
  'text-of-commonjs/package.json': '{"name":"text-of-commonjs","version":"1.0.0"}',
  'text-of-commonjs/index.js':
    'exports.load = (id) => import(id); exports.own = () => "$jsmo_x.y $js$jsm $jsi" + $js; var $js = 1',

  // Namespaces.
  ...esm(
    'held',
    'import * as ns from "./values.js"; export { ns }; export * as again from "./values.js"; export const late = () => fromHere; import * as here from "held"; export let early; try { Object.keys(here); here.fromHere } catch (e) { early = e.name } export let described; try { Object.getOwnPropertyDescriptor(here, "fromHere") } catch (e) { described = e.name } let fromHere = 1; export { fromHere }; export { here }',
    VALUES,
  ),
});

const packages = await installedPackages([moduleDir]);

const TEXTS = `alias called statement first loop shorthand pattern tagged member whole
  meta dynamic args argument K g`
  .split(/\s+/)
  .map((name) => `functions.${name}`);
const json = (expression: string): string => `JSON.stringify(${expression})`;
const seen = (name: string): string => json(`require("${name}").seen`);
const load = (name: string, expression: string): string =>
  `require("text-of-commonjs").load("${name}").then((ns) => String(${expression}))`;
const attempt = (action: string): string =>
  `(() => { "use strict"; try { return String(${action}) } catch (e) { return e.name } })()`;

const EVAL: readonly Claim[] = [
  ['reads imports in an evaluated text', json('require("eval-reads").read()')],
  ['reads live bindings there', seen('eval-live')],
  ['cannot assign to an import there', 'require("eval-assigns").error'],
  ['declares nothing around an evaluated text', json('require("eval-declares").kinds')],
  [
    'tells shadowed names from imports there',
    json('[require("eval-shadowed").f(7), require("eval-shadowed").g()]'),
  ],
  ['evaluates in classes and defaults of parameters', seen('eval-places')],
  ['has no this there', seen('eval-this')],
  ['gives an indirect eval no imports', seen('eval-indirect')],
  ['evaluates where it awaits', load('eval-awaits', 'ns.seen')],
  ['evaluates strict code', 'require("eval-strict").error'],
  ['keeps lines and columns beside an eval', 'require("eval-line").line'],
  ['hoists functions in a circle beside an eval', 'require("eval-cycle").c'],
];

const LONG: readonly Claim[] = [
  'sum',
  'or',
  'nullish',
  'mixed',
  'calls',
  'functions',
  'choice',
  'list',
  'evaluated',
].map((shape) => [`takes a very long expression: ${shape}`, `String(require("long-${shape}").value)`]);

const AWAITING: readonly Claim[] = [
  ['begins siblings before one of them has ended', load('siblings', 'ns.order')],
  ['lets two wait for one', load('diamond', 'ns.order')],
  ['ends a circle that awaits', load('await-cycle', 'ns.order')],
  ['lets a module wait for what a later sibling does', load('released', 'ns.value')],
  ['rejects with what a sibling throws at once', `${load('sibling-throws', '0')}.catch((e) => e.message)`],
  [
    'rejects with what a sibling throws later',
    `${load('sibling-rejects', '0')}.catch((e) => e.message + typeof reached)`,
  ],
  [
    'rejects again',
    `${load('sibling-rejects', '0')}.catch(() => ${load('sibling-rejects', '0')}).catch((e) => e.message)`,
  ],
  ['awaits in a loop', load('awaits-values', '[ns.default, ns.n]')],
];

const TEXT: readonly Claim[] = [
  ...[...TEXTS, 'default'].map((name): Claim => [
    `shows the text of a function as written: ${name}`,
    load('texts', `ns.${name}`),
  ]),
  ['shows the text of import() in CommonJS', 'require("text-of-commonjs").load.toString()'],
  ['leaves names that look like those of rewritten texts', 'require("text-of-commonjs").own.toString()'],
  [
    'shows toString as native',
    '[Function.prototype.toString, Function.prototype.toString.name, Function.prototype.toString.length, Object.hasOwn(Function.prototype.toString, "prototype")].join()',
  ],
  ['throws for what is no function', attempt('Function.prototype.toString.call({})')],
];

const NS = 'require("held").ns';
const NAMESPACE: readonly Claim[] = [
  ['has properties with values', json(`Object.getOwnPropertyDescriptors(${NS})`)],
  ['has sorted names, then its tag', `Reflect.ownKeys(${NS}).map(String).join()`],
  [
    'is sealed, not frozen',
    `[Object.isSealed(${NS}), Object.isFrozen(${NS}), Object.isExtensible(${NS})].join()`,
  ],
  ['cannot be frozen', attempt(`Object.freeze(${NS})`)],
  ['lets itself be sealed', attempt(`Object.seal(${NS}) === ${NS}`)],
  ['refuses assignment', attempt(`${NS}.n = 2`)],
  ['refuses new properties', attempt(`${NS}.other = 2`)],
  ['refuses deletion', `${attempt(`delete ${NS}.n`)} + ${attempt(`delete ${NS}.other`)}`],
  [
    'accepts definitions that change nothing',
    `[{ value: 1 }, { value: 2 }, { writable: true }, { writable: false }, { enumerable: false }, { configurable: true }, { get() {} }, {}].map((d) => Reflect.defineProperty(${NS}, "n", d)).join()`,
  ],
  [
    'has a tag that stays',
    `[Reflect.defineProperty(${NS}, Symbol.toStringTag, { value: "x" }), Reflect.defineProperty(${NS}, Symbol.toStringTag, { value: "Module" }), Reflect.deleteProperty(${NS}, Symbol.toStringTag)].join()`,
  ],
  [
    'has no prototype',
    `[Reflect.setPrototypeOf(${NS}, null), Reflect.setPrototypeOf(${NS}, {}), "toString" in ${NS}].join()`,
  ],
  ['is one object', `[${NS} === require("held").again, ${NS} === require("held").ns].join()`],
  [
    'is listed and copied',
    json(`[Object.entries({ ...${NS} }).map(String), Object.keys(Object.assign({}, ${NS}))]`),
  ],
  [
    'throws for what is not declared yet',
    load('held', '[ns.early, ns.described, ns.here.fromHere, ns.here === ns]'),
  ],
  [
    'is a namespace to util.types, and no proxy',
    `(({ types: t }) => [t.isModuleNamespaceObject(${NS}), t.isProxy(${NS}), t.isModuleNamespaceObject({}), t.isProxy(new Proxy({}, {}))].join())(require("util"))`,
  ],
  ['is shown as one', `require("util").inspect(${NS})`],
  [
    'of a builtin is one as well',
    load(
      'node:path',
      '[Object.isSealed(ns), Reflect.ownKeys(ns).length === Reflect.ownKeys(require("path")).length + 2, Object.getOwnPropertyDescriptor(ns, "sep").writable]',
    ),
  ],
  [
    'stays live',
    `(() => { const { ns } = require("held"); const before = ns.n; ns.add(); return [before, ns.n, Object.getOwnPropertyDescriptor(ns, "n").value].join() })()`,
  ],
];

describe.each([
  ['direct eval', EVAL],
  ['long expressions', LONG],
  ['top-level await', AWAITING],
  ['texts of functions', TEXT],
  ['a namespace', NAMESPACE],
])('as in Node: %s', (_, claims) => {
  compareClaims(moduleDir, packages, claims);
});
