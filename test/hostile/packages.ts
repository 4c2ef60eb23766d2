import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installFixtures } from '../support/modules.js';

const manifest = (name: string, more: object = {}): string =>
  JSON.stringify({ name, version: '1.0.0', ...more });

/** Packages for the attacks on the loader: some friendly, some hostile themselves. Each canary is in no script's reach. */
export function installHostilePackages(canary: string): string {
  const outside = join(mkdtempSync(join(tmpdir(), 'outside-')), 'canary.json');
  writeFileSync(outside, JSON.stringify({ canary }));
  return installFixtures({
    'good/package.json': manifest('good'),
    'good/index.js':
      'exports.module = module; exports.require = require; exports.process = process; exports.global = global; exports.dirname = __dirname; exports.filename = __filename;',
    'good/sub/file.js': 'module.exports = "sub";',
    'good/data.json': '{"a":1}',
    'forbidden/package.json': manifest('forbidden', {
      exports: { '.': './index.js', './secret.json': './secret.json', './gone': './gone.js' },
    }),
    'forbidden/index.js': `module.exports = ${JSON.stringify(canary)};`,
    'forbidden/secret.json': JSON.stringify({ canary }),
    'depends/package.json': manifest('depends', { dependencies: { good: '1' } }),
    'depends/index.js': 'exports.module = module; exports.good = require("good");',
    'outsidemain/package.json': manifest('outsidemain', { main: '../../../../../../../../etc/passwd' }),
    'outsideexports/package.json': manifest('outsideexports', {
      exports: { '.': './../forbidden/index.js' },
    }),
    'outsideimports/package.json': manifest('outsideimports', {
      imports: { '#x': './../forbidden/index.js' },
    }),
    'outsideimports/index.js': 'module.exports = require("#x");',
    'neighbour/package.json': manifest('neighbour'),
    'neighbour/index.js': 'module.exports = require("../forbidden/index.js");',
    'linked/package.json': manifest('linked'),
    'linked/index.js': 'module.exports = require("./canary.json");',
    'linked/canary.json': { link: outside },
    'linkedmain/package.json': manifest('linkedmain', { main: 'main.json' }),
    'linkedmain/main.json': { link: outside },
    'native/package.json': manifest('native', { main: 'addon.node' }),
    'native/addon.node': '\u007fELF',
    'cycle-a/package.json': manifest('cycle-a', { dependencies: { 'cycle-b': '1' } }),
    'cycle-a/index.js': 'exports.early = 1; exports.b = require("cycle-b"); exports.late = 2;',
    'cycle-b/package.json': manifest('cycle-b', { dependencies: { 'cycle-a': '1' } }),
    'cycle-b/index.js': 'exports.seen = Object.keys(require("cycle-a"));',
    'selfcycle/package.json': manifest('selfcycle'),
    'selfcycle/index.js': 'module.exports = require("./index.js"); module.exports.ok = true;',
    'endless/package.json': manifest('endless'),
    'endless/index.js': 'for (;;);',
    'recursive/package.json': manifest('recursive'),
    'recursive/index.js': 'delete require.cache[__filename]; module.exports = require("./index.js");',
    'broken/package.json': manifest('broken'),
    'broken/index.js': 'function (',
    'brokenjson/package.json': '{"name": ',
    'brokenjson/index.js': 'module.exports = 1;',
    'breakout/package.json': manifest('breakout'),
    'breakout/index.js':
      '}}); this.constructor.constructor("return process")(); (function () { return function () {',
    'importer/package.json': manifest('importer'),
    'importer/index.js':
      'exports.direct = () => import("node:fs"); exports.made = () => new Function("return import(\'node:fs\')")(); exports.evaled = () => (0, eval)("import(\'node:fs\')");',
    'readsfiles/package.json': manifest('readsfiles'),
    'readsfiles/index.js':
      'const fs = require("fs"); try { module.exports = fs.readFileSync("/etc/passwd", "utf8") } catch (e) { module.exports = "denied: " + e.code }',
    'spawns/package.json': manifest('spawns'),
    'spawns/index.js':
      'try { module.exports = require("child_process").execSync("id").toString() } catch (e) { module.exports = "denied: " + e.code }',
    'envs/package.json': manifest('envs'),
    'envs/index.js': 'module.exports = JSON.stringify(process.env) + process.argv.join() + process.cwd();',
    'caller/package.json': manifest('caller'),
    'caller/index.js': 'module.exports = function f() { return f.caller };',
    'esm/package.json': manifest('esm', { type: 'module' }),
    'esm/index.js': 'export default 1;',
    'esm-odd/package.json': manifest('esm-odd', { type: 'module' }),
    'esm-odd/index.js':
      'const v = () => 1; export { v as __proto__, v as constructor, v as toString, v as "a b", v as arguments, v as eval, v as toJSON2, v as default };',
    'esm-then/package.json': manifest('esm-then', { type: 'module' }),
    'esm-then/index.js':
      'export function then(...args) { globalThis.thenGot = [this, ...args]; args[0]("mine"); }',
    'esm-open/package.json': manifest('esm-open', { type: 'module' }),
    'esm-open/index.js':
      'import { createRequire } from "node:module"; import * as part from "./part.js"; import * as good from "good/sub/file.js"; export { part, good, createRequire }; export const meta = import.meta; export const load = (id) => import(id); export const args = typeof arguments === "undefined" ? [] : arguments; export const self = this; export let n = 0; export const add = () => ++n; export default function () { return new.target }',
    'esm-open/part.js':
      'import * as back from "./index.js"; export { back }; export async function* g() { yield 1 }',
    'esm-neighbour/package.json': manifest('esm-neighbour', { type: 'module' }),
    'esm-neighbour/index.js': 'export * from "../forbidden/index.js"; export * from "forbidden";',
    'esm-breakout/package.json': manifest('esm-breakout', { type: 'module' }),
    'esm-breakout/index.js':
      '}]; }); this.constructor.constructor("return process")(); (function ($) { return [[], [], [], [], false, function* () {',
    'esm-awaits/package.json': manifest('esm-awaits', { type: 'module' }),
    'esm-awaits/index.js': 'export const a = await new Promise((resolve) => setTimeout(resolve, 1, 1));',
    'esm-deep/package.json': manifest('esm-deep', { type: 'module' }),
    'esm-deep/index.js': `export default ${'['.repeat(20_000)}${']'.repeat(20_000)};`,
    '__proto__/package.json': manifest('__proto__'),
    '__proto__/index.js': 'module.exports = "proto";',
    'constructor/package.json': manifest('constructor'),
    'constructor/index.js': 'module.exports = "constructor";',
    'huge/package.json': manifest('huge'),
    'huge/index.js': `module.exports = "${'x'.repeat(4_000_000)}".length;`,
  });
}
