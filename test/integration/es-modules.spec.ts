/** ES modules of packages: each claim is what plain Node makes of the same expression. */
import { installedPackages } from '../../src/sandbox/packages/installed-packages.js';
import { type Claim, compareClaims } from '../support/module-claims.js';
import { installFixtures, runWithModules } from '../support/modules.js';

const manifest = (name: string, fields: object = {}) =>
  JSON.stringify({ name, version: '1.0.0', type: 'module', exports: './index.js', ...fields });
const esm = (name: string, text: string, more: Readonly<Record<string, string>> = {}) => ({
  [`${name}/package.json`]: manifest(name),
  [`${name}/index.js`]: text,
  ...Object.fromEntries(Object.entries(more).map(([file, content]) => [`${name}/${file}`, content])),
});

const moduleDir = installFixtures({
  ...esm('named', 'export const a = 1; export let b = a + 1; export function f() { return typeof this }'),
  ...esm('defaulted', 'export default class {} export const other = 2'),
  ...esm('default-function', 'export default function () { return 5 }'),
  ...esm('default-arrow', 'export default () => 6'),
  ...esm('own-flag', 'export const __esModule = false; export default 1'),
  ...esm('as-commonjs', 'const f = () => "whole"; export { f as "module.exports" }; export default 1'),
  ...esm('live', 'export let n = 0; export const add = () => { n++ }'),
  ...esm(
    'uses-live',
    'import { n, add } from "./n.js"; export const seen = () => { const before = n; add(); return [before, n] }',
    { 'n.js': 'export let n = 0\nexport function add() { n += 1 }' },
  ),
  ...esm(
    'cycle',
    'import { late } from "./b.js"; export function early() { return "hoisted" } export const c = late(); let tdz = 1; export { tdz }',
    {
      'b.js':
        'import { early, tdz } from "./index.js"; export function late() { return early() } export let error; try { tdz } catch (e) { error = e.name }',
    },
  ),
  ...esm('cycle-error', 'export * from "./a.js"', {
    'a.js': 'import { x } from "./b.js"; export let y = 1; export let z = x',
    'b.js': 'import { y } from "./a.js"; export let x; try { x = y } catch (e) { x = e.name }',
  }),
  ...esm('stars', 'export * from "./a.js"; export * from "./b.js"; export * as all from "./a.js"', {
    'a.js': 'export const one = 1, both = "a"; export default "not by star"',
    'b.js': 'export const two = 2, both = "b"',
  }),
  ...esm('star-circle', 'export * from "./a.js"; export const here = 1', {
    'a.js': 'export * from "./index.js"; export const there = 2',
  }),
  ...esm(
    'shapes',
    'export const { a, b: [c, ...d], e = 5 } = { a: 1, b: [2, 3] }; export class K {} export async function* g() {}',
  ),
  ...esm(
    'odd-names',
    'const v = 1; export { v as "a-b", v as __proto__, v as constructor, v as then2, v as "toString" }; export { v as default }',
  ),
  ...esm(
    'uses-odd',
    'import d, { "a-b" as ab, __proto__ as p, constructor } from "odd-names"; export const sum = d + ab + p + constructor',
  ),
  ...esm(
    'calls',
    'import { self } from "./self.js"\nconst list = [1]\nself()\nexport const seen = [self(), self`x`, self?.()]\nif (list) self(); else self()\nexport const o = { self, m() { return new self().constructor === self } }',
    { 'self.js': 'export function self() { return this === undefined ? "none" : "some" }' },
  ),
  ...esm(
    'shadows',
    'import { x } from "./x.js"; export const f = (x) => x; export const g = () => { { let x = 3; return x } }; export const h = ({ x: y = x } = {}) => y; export function i() { var x = 9; return x } export class C { x = x; static x() { return x } } try { throw 1 } catch (x) { globalThis.caughtX = x }',
    { 'x.js': 'export const x = "imported"' },
  ),
  ...esm(
    'meta',
    'export const { url, filename, dirname } = import.meta; export const resolved = import.meta.resolve("./index.js")',
  ),
  ...esm(
    'dynamic',
    'export const load = (id) => import(id); export const direct = () => import("./part.js")',
    {
      'part.js': 'export default "part"',
    },
  ),
  ...esm('awaits', 'export const v = await new Promise((r) => setTimeout(r, 1, "waited"))'),
  ...esm('imports-awaits', 'import { v } from "awaits"; export default v + "!"'),
  ...esm('awaits-and-fails', 'await 1; throw new TypeError("late")'),
  ...esm('throws', 'globalThis.runs = (globalThis.runs ?? 0) + 1; throw new TypeError("at once")'),
  ...esm('missing-name', 'import { nothing } from "./x.js"', { 'x.js': 'export const x = 1' }),
  ...esm('ambiguous', 'import { both } from "stars"; export { both }'),
  ...esm(
    'assigns',
    'import { a } from "named"; export let error; try { a = 5 } catch (e) { error = e.name }',
  ),
  ...esm('json', 'import data from "./data.json" with { type: "json" }; export default data.list.length', {
    'data.json': '{"list":[1,2]}',
  }),
  ...esm(
    'uses-cjs',
    'import cjs, { named } from "cjs"; import * as ns from "cjs"; export default [cjs.named, named, ns.default === cjs].join()',
  ),
  ...esm(
    'builtin',
    'import path, { join } from "node:path"; import * as all from "path"; export default [join("a", "b"), path.join === join, all.default === path].join()',
  ),
  ...esm(
    'strict',
    'export const self = typeof this; export const strict = (function () { return this })() === undefined; export const r = typeof require + typeof module + typeof exports + typeof __filename',
  ),
  ...esm(
    'hashbang',
    '#!/usr/bin/env node\nexport const line = new Error().stack.match(/index\\.js:(\\d+):(\\d+)/).slice(1).join()',
  ),
  ...esm(
    'lines',
    'import {\n  a,\n  b as c\n} from "named"\n\nexport default () => { a; throw new Error("here") }',
  ),
  'cjs/package.json': manifest('cjs', { type: 'commonjs' }),
  'cjs/index.js': 'exports.named = "n"; exports.other = 2',
  'cjs-loads-esm/package.json': manifest('cjs-loads-esm', { type: 'commonjs' }),
  'cjs-loads-esm/index.js':
    'exports.sync = require("defaulted").other; exports.later = () => import("defaulted").then((ns) => ns.other)',
  'dual/package.json': manifest('dual', {
    exports: { import: './i.mjs', require: './r.cjs' },
  }),
  'dual/i.mjs': 'export default "import"',
  'dual/r.cjs': 'module.exports = "require"',
  'unmarked/package.json': JSON.stringify({ name: 'unmarked', version: '1.0.0' }),
  'unmarked/index.js': 'export default "told by its syntax"',
});

const packages = await installedPackages([moduleDir]);

const CLAIMS: readonly Claim[] = [
  ['gives the namespace', 'JSON.stringify(require("named"))'],
  [
    'gives __esModule with a default export',
    'JSON.stringify([require("defaulted").__esModule, Object.keys(require("defaulted"))])',
  ],
  ['gives no __esModule without one', 'JSON.stringify("__esModule" in require("named"))'],
  ['leaves a __esModule of its own', 'JSON.stringify(require("own-flag").__esModule)'],
  ['gives what is exported as module.exports', 'require("as-commonjs")()'],
  ['gives the same twice', 'String(require("named") === require("named"))'],
  [
    'names unnamed defaults',
    '[require("defaulted").default.name, require("default-function").default.name, require("default-arrow").default.name].join()',
  ],
  [
    'gives a namespace that cannot be changed',
    'try { "use strict"; Object.defineProperty(require("named"), "z", { value: 1 }); "changed" } catch (e) { e.name }',
  ],
  [
    'is tagged as a module',
    'Object.prototype.toString.call(require("named")) + Object.getPrototypeOf(require("named"))',
  ],
  ['keeps bindings live for require', '(() => { const l = require("live"); l.add(); return String(l.n) })()'],
  ['keeps bindings live for import', 'JSON.stringify(require("uses-live").seen())'],
  ['hoists functions in a circle', 'JSON.stringify(require("cycle").c)'],
  ['does not hoist other bindings in a circle', 'require("cycle-error").z'],
  ['exports all, the ambiguous and the default aside', 'JSON.stringify(require("stars"))'],
  ['exports all in a circle', 'JSON.stringify(require("star-circle"))'],
  [
    'exports what patterns declare',
    'JSON.stringify(Object.keys(require("shapes"))) + JSON.stringify(require("shapes").d)',
  ],
  ['takes odd names', 'JSON.stringify([Object.keys(require("odd-names")), require("uses-odd").sum])'],
  [
    'calls imported functions as functions',
    'JSON.stringify([require("calls").seen, require("calls").o.m(), require("calls").o.self()])',
  ],
  [
    'tells shadowed names apart',
    '(() => { const s = require("shadows"); return JSON.stringify([s.f(1), s.g(), s.h(), s.i(), new s.C().x, s.C.x(), caughtX]) })()',
  ],
  ['imports on demand', 'require("dynamic").direct().then((ns) => ns.default)'],
  [
    'imports a package on demand',
    'require("dynamic").load("named").then((ns) => String(ns === require("named")))',
  ],
  [
    'imports on demand what is no text',
    'require("dynamic").load({ toString: () => "named" }).then((ns) => String(ns.a))',
  ],
  ['rejects a missing one', 'require("dynamic").load("nothing-here").catch((e) => typeof e.code)'],
  ['waits for a module that awaits', 'require("dynamic").load("awaits").then((ns) => ns.v)'],
  ['waits for what it imports', 'require("dynamic").load("imports-awaits").then((ns) => ns.default)'],
  [
    'waits for two at once',
    'Promise.all([require("dynamic").load("awaits"), require("dynamic").load("imports-awaits")]).then(([a, b]) => a.v + b.default)',
  ],
  [
    'rejects with what it throws after it has awaited',
    'require("dynamic").load("awaits-and-fails").catch((e) => `${e.name} ${e.message}`)',
  ],
  [
    'throws again what a module threw',
    '(() => { const seen = []; for (const _ of [1, 2]) try { require("throws") } catch (e) { seen.push((e.cause ?? e).message) } return seen.join() + runs })()',
  ],
  [
    'throws for a name that is not there',
    'try { require("missing-name"); "" } catch (e) { (e.cause ?? e).name }',
  ],
  ['throws for an ambiguous name', 'try { require("ambiguous"); "" } catch (e) { (e.cause ?? e).name }'],
  ['throws for an assignment to an import', 'require("assigns").error'],
  ['imports JSON', 'String(require("json").default)'],
  ['imports CommonJS', 'require("uses-cjs").default'],
  ['imports builtins', 'require("builtin").default'],
  ['is strict', 'JSON.stringify([require("strict").self, require("strict").strict])'],
  [
    'is required by CommonJS, and imported',
    '(() => { const c = require("cjs-loads-esm"); return c.later().then((later) => [c.sync, later].join()) })()',
  ],
  [
    'takes the conditions of the way it was asked',
    'require("dynamic").load("dual").then((ns) => [require("dual"), ns.default].join())',
  ],
  ['is told by its syntax', 'require("unmarked").default'],
  ['keeps lines and columns', 'require("hashbang").line'],
];

describe('an ES module of a package, as in Node,', () => {
  compareClaims(moduleDir, packages, CLAIMS);
});

const own = (code: string) => runWithModules(packages, [code])[0];

describe('an ES module of a package', () => {
  it('that awaits is no module for require', () => {
    expect(own('try { require("imports-awaits") } catch (e) { e.cause.code }')?.ok).toBe(
      'ERR_REQUIRE_ASYNC_MODULE',
    );
  });

  it('has no names of CommonJS around it', () => {
    expect(own('require("strict").r')?.ok).toBe('undefined'.repeat(4));
  });

  it('sees virtual names', () => {
    expect(own('JSON.stringify(require("meta"))')?.ok).toBe(
      '{"dirname":"/modules/meta@1.0.0","filename":"/modules/meta@1.0.0/index.js","resolved":"file:///modules/meta@1.0.0/index.js","url":"file:///modules/meta@1.0.0/index.js"}',
    );
  });

  it('is named in stacks with lines of its own', () => {
    expect(
      own('try { require("lines").default() } catch (e) { e.stack.split("\\n")[1].trim() }')?.ok,
    ).toMatch(/npm:lines@1\.0\.0\/index\.js:6:/);
  });
});
