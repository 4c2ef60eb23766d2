import { installedPackages } from '../../src/sandbox/packages/installed-packages.js';
import { installFixtures, runWithModules, type Ran } from '../support/modules.js';

const manifest = (name: string, fields: object = {}) => JSON.stringify({ name, version: '1.0.0', ...fields });
const outside = installFixtures({ 'outside/canary.txt': 'CANARY', 'outside/folder/canary.txt': 'CANARY' });

const READER =
  'exports.fs = require("fs"); exports.promises = require("fs/promises"); exports.dir = __dirname; exports.module = module; exports.node = require("module");';

const moduleDir = installFixtures({
  'reader/package.json': manifest('reader', { dependencies: { dep: '1', scoped: '1' } }),
  'reader/index.js': READER,
  'reader/lib/index.mjs': 'import fs, { readFileSync } from "node:fs"; export { fs, readFileSync };',
  'reader/data/a.txt': 'héllo',
  'reader/data/b/c.txt': 'deep',
  'reader/empty.txt': '',
  'reader/.env': 'CANARY',
  'reader/.git/config': 'CANARY',
  'reader/a%2e%2eb.txt': 'percent',
  'reader/inner-link.txt': { link: './data/a.txt' },
  'reader/link.txt': { link: `${outside}/outside/canary.txt` },
  'reader/link-folder': { link: `${outside}/outside` },
  'reader/link-other.txt': { link: '../other/secret.txt' },
  'reader/link-hidden.txt': { link: './.env' },
  'reader/link-self': { link: './link-self' },
  'reader/link-root': { link: '/' },
  'reader/node_modules/hidden/package.json': manifest('hidden'),
  'reader/node_modules/hidden/index.js': '',
  'reader/large.txt': 'x'.repeat(2.5 * 1024 * 1024),
  'reader/excess.bin': 'x'.repeat(33 * 1024 * 1024),
  'dep/package.json': manifest('dep'),
  'dep/index.js': READER,
  'dep/d.txt': 'dep',
  'other/package.json': manifest('other'),
  'other/index.js': READER,
  'other/secret.txt': 'CANARY',
});
const packages = await installedPackages([moduleDir]);

function runAll(expressions: readonly string[]): Ran[] {
  return runWithModules(
    packages,
    expressions.map((code) => ({
      modules: ['reader', 'dep', 'other'],
      code: `const { fs, promises, dir, module, node } = require('reader');
        const code = (run) => { try { return String(run()) } catch (error) { return error.code } };
        JSON.stringify(${code})`,
    })),
  );
}

const cases: [expression: string, expected: unknown][] = [
  ['fs.readFileSync(dir + "/data/a.txt", "utf8")', 'héllo'],
  ['fs.readFileSync(dir + "/data/a.txt").length', 6],
  ['fs.readFileSync(dir + "/data/a.txt") instanceof Buffer', true],
  ['fs.readFileSync(dir + "/data/a.txt", { encoding: "hex" })', '68c3a96c6c6f'],
  ['fs.readFileSync(dir + "/empty.txt").length', 0],
  ['fs.readFileSync(dir + "/large.txt").length', 2.5 * 1024 * 1024],
  ['fs.readFileSync(Buffer.from(dir + "/data/b/c.txt"), "utf8")', 'deep'],
  ['fs.readFileSync(new URL("file://" + dir + "/data/b/c.txt"), "utf8")', 'deep'],
  ['fs.readFileSync(dir + "/data/../data//./a.txt", "latin1").length', 6],
  ['fs.readFileSync(dir + "/a%2e%2eb.txt", "utf8")', 'percent'],
  ['fs.readFileSync(dir + "/inner-link.txt", "utf8")', 'héllo'],
  ['fs.existsSync(dir + "/data")', true],
  ['fs.existsSync(dir + "/nope")', false],
  ['fs.existsSync("/etc/passwd")', false],
  ['fs.existsSync({})', false],
  ['fs.statSync(dir).isDirectory()', true],
  [
    '((s) => [s.isFile(), s.size, s.mtime instanceof Date])(fs.statSync(dir + "/data/a.txt"))',
    [true, 6, true],
  ],
  ['fs.statSync(dir + "/nope", { throwIfNoEntry: false }) ?? null', null],
  ['fs.readdirSync(dir + "/data").sort()', ['a.txt', 'b']],
  ['fs.readdirSync(dir + "/data", { recursive: true }).sort()', ['a.txt', 'b', 'b/c.txt']],
  [
    'fs.readdirSync(dir + "/data", { withFileTypes: true }).map((e) => [e.name, e.isFile()]).sort()',
    [
      ['a.txt', true],
      ['b', false],
    ],
  ],
  [
    'fs.readdirSync(dir).sort()',
    [
      'a%2e%2eb.txt',
      'data',
      'empty.txt',
      'excess.bin',
      'index.js',
      'inner-link.txt',
      'large.txt',
      'lib',
      'package.json',
    ],
  ],
  ['fs.realpathSync(dir + "/data/../index.js") === dir + "/index.js"', true],
  ['fs.accessSync(dir + "/index.js") ?? null', null],
  // Of a declared dependency, by the path that it has for packages.
  ['fs.readFileSync(module.require.resolve("dep").replace("index.js", "d.txt"), "utf8")', 'dep'],
  ['fs === module.require("node:fs") && promises === fs.promises', true],
  ['fs !== require("dep").fs', true],
  ['Object.keys(fs).length === Object.keys(require("dep").fs).length', true],
  // Not there.
  ['code(() => fs.readFileSync(dir + "/nope"))', 'ENOENT'],
  ['code(() => fs.readFileSync(dir))', 'EISDIR'],
  ['code(() => fs.readdirSync(dir + "/index.js"))', 'ENOTDIR'],
  ['code(() => fs.readFileSync(dir + "/index.js/x"))', 'ENOTDIR'],
  ['code(() => fs.accessSync(dir + "/index.js", fs.constants.W_OK))', 'EACCES'],
  [
    '(() => { try { fs.statSync(dir + "/x") } catch ({ message, errno, syscall, path }) { return [message, errno, syscall, path === dir + "/x"] } })()',
    ["ENOENT: no such file or directory, stat '/modules/reader@1.0.0/x'", -2, 'stat', true],
  ],
  ['code(() => fs.readFileSync(dir + "/excess.bin"))', 'EFBIG'],
  // Written, started, opened: nothing.
  ['code(() => fs.writeFileSync(dir + "/x", "y"))', 'ERR_ACCESS_DENIED'],
  ['code(() => fs.readFileSync(dir + "/x", { flag: "w+" }))', 'ERR_ACCESS_DENIED'],
  ['code(() => fs.openSync(dir + "/index.js"))', 'ERR_ACCESS_DENIED'],
  ['code(() => fs.symlinkSync("/etc", dir + "/etc"))', 'ERR_ACCESS_DENIED'],
];

const attacks: [title: string, expression: string, expected: unknown][] = [
  ['an absolute path', 'code(() => fs.readFileSync("/etc/passwd"))', 'ERR_ACCESS_DENIED'],
  ['/proc', 'code(() => fs.readFileSync("/proc/self/environ"))', 'ERR_ACCESS_DENIED'],
  [
    'the real folder',
    `code(() => fs.readFileSync(${JSON.stringify(moduleDir)} + "/reader/index.js"))`,
    'ERR_ACCESS_DENIED',
  ],
  ['steps upwards', 'code(() => fs.readFileSync(dir + "/../../../../../etc/passwd"))', 'ERR_ACCESS_DENIED'],
  [
    'steps to a neighbour',
    'code(() => fs.readFileSync(dir + "/../other@1.0.0/secret.txt"))',
    'ERR_ACCESS_DENIED',
  ],
  [
    'another package that is loaded',
    '(require("other"), code(() => fs.readFileSync("/modules/other@1.0.0/secret.txt")))',
    'ERR_ACCESS_DENIED',
  ],
  [
    'a name that only begins as its own',
    'code(() => fs.readFileSync(dir + "x/secret.txt"))',
    'ERR_ACCESS_DENIED',
  ],
  ['the folder of all packages', 'code(() => fs.readdirSync("/modules"))', 'ERR_ACCESS_DENIED'],
  ['a relative path', 'code(() => fs.readFileSync("package.json"))', 'ERR_ACCESS_DENIED'],
  ['a link to a file', 'code(() => fs.readFileSync(dir + "/link.txt"))', 'ENOENT'],
  ['a link to a folder', 'code(() => fs.readFileSync(dir + "/link-folder/canary.txt"))', 'ENOENT'],
  ['a list of a linked folder', 'code(() => fs.readdirSync(dir + "/link-folder"))', 'ENOENT'],
  [
    'steps out of a linked folder',
    'code(() => fs.readFileSync(dir + "/link-folder/../package.json").length > 1)',
    'true',
  ],
  ['a link to the root', 'code(() => fs.readFileSync(dir + "/link-root/etc/passwd"))', 'ENOENT'],
  ['a link to another package', 'code(() => fs.readFileSync(dir + "/link-other.txt"))', 'ENOENT'],
  ['a link to a hidden file', 'code(() => fs.readFileSync(dir + "/link-hidden.txt"))', 'ENOENT'],
  ['a link to itself', 'code(() => fs.statSync(dir + "/link-self"))', 'ELOOP'],
  ['a hidden file', 'code(() => fs.readFileSync(dir + "/.env"))', 'ENOENT'],
  ['a hidden folder', 'code(() => fs.readFileSync(dir + "/.git/config"))', 'ENOENT'],
  [
    'packages that are not declared',
    'code(() => fs.readFileSync(dir + "/node_modules/hidden/package.json"))',
    'ERR_ACCESS_DENIED',
  ],
  ['its folder of packages', 'code(() => fs.readdirSync(dir + "/node_modules"))', 'ENOENT'],
  ['an encoded path', 'code(() => fs.readFileSync(dir + "/%2e%2e/%2e%2e/etc/passwd"))', 'ENOENT'],
  [
    'an encoded URL',
    'code(() => fs.readFileSync(new URL("file://" + dir + "/%2e%2e/other@1.0.0/secret.txt")))',
    'ERR_ACCESS_DENIED',
  ],
  [
    'an encoded slash in a URL',
    'code(() => fs.readFileSync(new URL("file://" + dir + "/..%2fother@1.0.0/secret.txt")))',
    'ERR_INVALID_FILE_URL_PATH',
  ],
  [
    'a URL of another host',
    'code(() => fs.readFileSync(new URL("file://host/etc/passwd")))',
    'ERR_INVALID_FILE_URL_HOST',
  ],
  [
    'a URL of the network',
    'code(() => fs.readFileSync(new URL("http://a/etc/passwd")))',
    'ERR_INVALID_URL_SCHEME',
  ],
  ['a null byte', 'code(() => fs.readFileSync(dir + "/index.js\\0.txt"))', 'ERR_INVALID_ARG_VALUE'],
  [
    'a null byte in a buffer',
    'code(() => fs.readFileSync(Buffer.from(dir + "/index.js\\0")))',
    'ERR_INVALID_ARG_VALUE',
  ],
  ['a number', 'code(() => fs.readFileSync(0))', 'ERR_INVALID_ARG_TYPE'],
  [
    'a toString that changes',
    '((n) => code(() => fs.readFileSync({ toString: () => n++ ? "/etc/passwd" : dir + "/index.js" })))(0)',
    'ERR_INVALID_ARG_TYPE',
  ],
  [
    'a URL whose href changes',
    '((n) => code(() => fs.readFileSync({ get href() { return n++ ? "file:///etc/passwd" : "file://" + dir + "/data/b/c.txt" }, protocol: "file:" })))(0)',
    'deep',
  ],
  [
    'a buffer that is another text later',
    '((b) => { b.toString = () => "/etc/passwd"; return code(() => fs.readFileSync(b)) })(Buffer.from(dir + "/data/b/c.txt"))',
    'deep',
  ],
  ['a long path', 'code(() => fs.readFileSync(dir + "/x".repeat(10_000)))', 'ENAMETOOLONG'],
  [
    'a require for a module that was never loaded',
    'code(() => node.createRequire("/modules/other@1.0.0/index.js")("fs").readFileSync("/modules/other@1.0.0/secret.txt"))',
    'ERR_MODULE_LOAD_FAILED',
  ],
  [
    'a require for a file that does not exist',
    'code(() => node.createRequire("/etc/x")("fs").readFileSync("/etc/passwd"))',
    'ERR_MODULE_LOAD_FAILED',
  ],
  [
    'the fs of a dependency, for the package that has it',
    'code(() => require("dep").fs.readFileSync(dir + "/data/a.txt"))',
    'ERR_ACCESS_DENIED',
  ],
  [
    'methods of texts that a script has replaced',
    `(() => {
      const real = { startsWith: String.prototype.startsWith, includes: String.prototype.includes, slice: String.prototype.slice };
      String.prototype.startsWith = () => true; String.prototype.includes = () => false;
      const { exec } = RegExp.prototype; RegExp.prototype.exec = () => [dir];
      try { return [code(() => fs.readFileSync("/etc/passwd")), code(() => fs.readFileSync(dir + "/../other@1.0.0/secret.txt"))] }
      finally { Object.assign(String.prototype, real); RegExp.prototype.exec = exec; }
    })()`,
    ['ERR_ACCESS_DENIED', 'ERR_ACCESS_DENIED'],
  ],
  [
    'a full stack',
    `(() => { const seen = new Set(); const dive = () => { try { dive() } catch {} if (seen.size < 300) try { seen.add(String(fs.readFileSync('/etc/passwd')).slice(0, 4)) } catch (error) { seen.add(error instanceof Error) } }; dive(); return [...seen] })()`,
    [true],
  ],
];

describe('files of a package at level context', () => {
  const ran = runAll(cases.map(([expression]) => expression));
  it.each(cases.map(([expression, expected], i) => ({ expression, expected, result: ran[i] })))(
    '$expression',
    ({ expected, result }) => {
      expect(result?.error).toBeUndefined();
      expect(JSON.parse(String(result?.ok))).toEqual(expected);
    },
  );

  const attacked = runAll(attacks.map(([, expression]) => expression));
  it.each(attacks.map(([title, , expected], i) => ({ title, expected, result: attacked[i] })))(
    'are not widened by $title',
    ({ expected, result }) => {
      expect(result?.error).toBeUndefined();
      expect(JSON.parse(String(result?.ok))).toEqual(expected);
      expect(String(result?.ok)).not.toContain('CANARY');
    },
  );
});
