import { installedPackages } from '../../src/sandbox/packages/installed-packages.js';
import { installFixtures, runWithModules, type ModuleExecution } from '../support/modules.js';

const manifest = (name: string, fields: object = {}) => JSON.stringify({ name, version: '1.2.3', ...fields });
const secret = installFixtures({ 'outside/secret.js': 'module.exports = "secret"' });

const moduleDir = installFixtures({
  'plain/package.json': manifest('plain'),
  'plain/index.js':
    'exports.here = [__filename, __dirname, module.id, this === exports, typeof require.cache]',
  'plain/lib/part.js': 'module.exports = "part"',
  'plain/lib/folder/index.js': 'module.exports = "folder"',
  'plain/data.json': '\uFEFF{"__proto__": 1, "ok": true}',
  'plain/__proto__.js': 'module.exports = "proto"',
  'cycle-a/package.json': manifest('cycle-a', { dependencies: { 'cycle-b': '*' } }),
  'cycle-a/index.js': 'exports.early = 1; exports.b = require("cycle-b").sawA; exports.late = 2',
  'cycle-b/package.json': manifest('cycle-b', { dependencies: { 'cycle-a': '*' } }),
  'cycle-b/index.js': 'exports.sawA = JSON.stringify(require("cycle-a"))',
  'nested/package.json': manifest('nested', { main: '../nested/src/main', dependencies: { dep: '1' } }),
  'nested/src/main.js':
    'module.exports = [require("dep"), require("dep/sub"), require("../x.json").x].join()',
  'nested/x.json': '{"x": 7}',
  'nested/node_modules/dep/package.json': manifest('dep', { version: '1.0.0' }),
  'nested/node_modules/dep/index.js': 'module.exports = "inner"',
  'dep/package.json': manifest('dep', { version: '2.0.0' }),
  'dep/index.js': 'module.exports = "outer"',
  'dep/sub.js': 'module.exports = "outer sub"',
  'dep1/package.json': manifest('dep', { version: '1.0.5' }),
  'dep1/index.js': 'module.exports = "older"',
  'exporting/package.json': manifest('exporting', {
    exports: {
      '.': { import: './no.mjs', require: './main.cjs' },
      './features/*.js': './src/*.js',
      './features/private/*': null,
      './escape': './../plain/index.js',
      './package.json': './package.json',
    },
    imports: { '#inner': { node: './src/inner.js', default: './no.js' }, '#util': 'util' },
  }),
  'exporting/main.cjs':
    'module.exports = [require("#inner"), require("exporting/features/a.js"), typeof require("#util").inspect].join()',
  'exporting/src/inner.js': 'module.exports = "inner"',
  'exporting/src/a.js': 'module.exports = "a"',
  'exporting/src/secret.js': 'module.exports = "not exported"',
  'throws/package.json': manifest('throws'),
  'throws/index.js': 'globalThis.loads = (globalThis.loads ?? 0) + 1; throw new TypeError("not today")',
  'throws-text/package.json': manifest('throws-text'),
  'throws-text/index.js': 'throw "just text"',
  'needs-missing/package.json': manifest('needs-missing', { dependencies: { gone: '*' } }),
  'needs-missing/index.js':
    'try { require("gone") } catch (error) { exports.code = error.code } require("gone")',
  'broken-syntax/package.json': manifest('broken-syntax'),
  'broken-syntax/index.js': '\nlet a = ;',
  'native/package.json': manifest('native', { main: 'build/addon.node' }),
  'native/build/addon.node': '\u007FELF',
  'empty/package.json': manifest('empty'),
  'leaving/package.json': manifest('leaving'),
  'leaving/index.js': { link: `${secret}/outside/secret.js` },
  'reaching/package.json': manifest('reaching'),
  'reaching/index.js': `module.exports = ["../../../../etc/hostname", "/etc/hostname", "${secret}/outside/secret.js", "..", "../.."].map((id) => { try { return String(require(id)) } catch (error) { return error.code } }).join()`,
  'bom-hashbang/package.json': manifest('bom-hashbang'),
  'bom-hashbang/index.js':
    '\uFEFF#!/usr/bin/env node\nconst process = require("process"), Buffer = 1; module.exports = typeof process + Buffer',
  '@scope/pkg/package.json': manifest('@scope/pkg'),
  '@scope/pkg/index.js': 'module.exports = "scoped"',
  '@scope/pkg/sub/file.js': 'module.exports = __filename',
  'counter/package.json': manifest('counter'),
  'counter/index.js': 'let n = 0; module.exports = () => ++n',
  'phantom/package.json': manifest('phantom'),
  'phantom/index.js': 'exports.get = (id) => require(id)',
  'stack/package.json': manifest('stack'),
  'stack/index.js':
    'module.exports = function place() { return new Error("x").stack.split("\\n")[1].trim() }',
  'constructed/package.json': manifest('constructed'),
  'constructed/index.js':
    'module.exports = function () { return this === undefined || this === globalThis ? "called" : "made" }',
  'surrounded/package.json': manifest('surrounded'),
  'surrounded/index.js': `module.exports = [
    Object.prototype.toString.call(process), Object.keys(process.env).length, process.cwd(), process.hrtime().length,
    global === globalThis, typeof setTimeout(() => {}).unref, Buffer === require("buffer").Buffer, require("events") === require("node:events"),
    process instanceof require("events"), typeof module.parent, require.main === module].join()`,
  '__proto__/package.json': manifest('__proto__'),
  '__proto__/index.js': 'module.exports = "a package called __proto__"',
});

const packages = await installedPackages([moduleDir]);
const run = (...executions: (ModuleExecution | string)[]) => runWithModules(packages, executions);

describe('require of a package', () => {
  const cases: [claim: string, code: string, expected: unknown][] = [
    [
      'shows virtual names only',
      'JSON.stringify(require("plain").here)',
      '["/modules/plain@1.2.3/index.js","/modules/plain@1.2.3","/modules/plain@1.2.3/index.js",true,"object"]',
    ],
    ['finds a file of a package without its extension', 'require("plain/lib/part")', 'part'],
    ['finds the index of a folder', 'require("plain/lib/folder")', 'folder'],
    [
      'reads JSON, with `__proto__` as a key',
      'JSON.stringify(require("plain/data.json"))',
      '{"__proto__":1,"ok":true}',
    ],
    ['finds a file called __proto__', 'require("plain/__proto__")', 'proto'],
    ['finds a package called __proto__', 'require("__proto__")', 'a package called __proto__'],
    [
      'gives the unfinished exports in a cycle',
      'JSON.stringify(require("cycle-a"))',
      '{"early":1,"b":"{\\"early\\":1}","late":2}',
    ],
    ['takes the nearest version, then the outer ones', 'require("nested")', 'inner,outer sub,7'],
    [
      'takes conditions, patterns, imports and the package itself',
      'require("exporting")',
      'inner,a,function',
    ],
    ['takes a pattern of exports', 'require("exporting/features/a.js")', 'a'],
    ['takes scoped packages', 'require("@scope/pkg")', 'scoped'],
    [
      'takes files of scoped packages',
      'require("@scope/pkg/sub/file")',
      '/modules/@scope/pkg@1.2.3/sub/file.js',
    ],
    [
      'skips a byte order mark and a hashbang, and lets surroundings be declared anew',
      'require("bom-hashbang")',
      'object1',
    ],
    ['makes an instance once', 'require("counter")(); require("counter")()', 2],
    [
      'makes a fresh instance after a deletion from the cache',
      'require("counter")(); delete require.cache[require.resolve("counter")]; require("counter")()',
      1,
    ],
    [
      'names files in stacks with lines and columns of their own',
      'require("stack")()',
      'at place (npm:stack@1.2.3/index.js:1:44)',
    ],
    ['is a function that `new` takes', 'new require("constructed")()', 'called'],
    [
      'keeps packages inside the installed folders',
      'require("reaching")',
      'MODULE_NOT_FOUND,MODULE_NOT_FOUND,MODULE_NOT_FOUND,ERR_ACCESS_DENIED,MODULE_NOT_FOUND',
    ],
    [
      'surrounds modules with what Node has',
      'require("surrounded")',
      '[object process],0,/,2,true,function,true,true,true,object,false',
    ],
    ['gives a script no process', 'typeof process', 'undefined'],
    [
      'throws between packages what Node throws',
      'try { require("needs-missing") } catch (error) { error.cause.code }',
      'MODULE_NOT_FOUND',
    ],
    ['forgets a module that threw', 'for (const _ of [1, 2]) try { require("throws") } catch {} loads', 2],
  ];
  const ran = run(...cases.map(([, code]) => code));

  it.each(cases.map(([claim, , expected], index) => ({ claim, expected, result: ran[index] })))(
    '$claim',
    ({ expected, result }) => {
      expect(result?.error).toBeUndefined();
      expect(result?.ok).toEqual(expected);
    },
  );

  it('gives each context its own instances', () => {
    expect(run('require("counter")()', 'require("counter")()').map(({ ok }) => ok)).toEqual([1, 1]);
  });
});

describe('require of a version', () => {
  const cases: [code: string, expected: unknown][] = [
    ['require("dep@2.0.0")', 'outer'],
    ['require("dep@2.0.0/sub")', 'outer sub'],
    ['require("dep@1.0.5")', 'older'],
    ['require("dep1")', 'older'],
    ['require("@scope/pkg@1.2.3")', 'scoped'],
    [
      'try { require("dep@9.9.9") } catch (error) { error.code + error.message }',
      "MODULE_NOT_FOUNDCannot find module 'dep@9.9.9': that version is not installed. Versions of 'dep' here: 2.0.0, 1.0.5 (as dep1)",
    ],
    [
      'try { require("gone@1.0.0") } catch (error) { error.message }',
      "Cannot find module 'gone@1.0.0': 'gone' is not installed",
    ],
  ];
  const ran = run(...cases.map(([code]) => code));

  it.each(cases.map(([code, expected], index) => ({ code, expected, ours: ran[index] })))(
    '$code',
    ({ expected, ours }) => {
      expect(ours).toMatchObject({ ok: expected });
    },
  );

  it('gives an alias only to whom it is allowed', () => {
    expect(run({ modules: ['dep'], code: 'require("dep@1.0.5")' })[0]?.error?.code).toBe(
      'ERR_MODULE_NOT_ALLOWED',
    );
    expect(
      run({
        modules: ['dep'],
        code: 'try { require("dep@9.9.9") } catch (e) { e.message.includes("dep1") }',
      })[0]?.ok,
    ).toBe(false);
  });
});

describe('errors of require', () => {
  const cases: [id: string, code: string, message: RegExp, cause?: RegExp][] = [
    [
      'gone',
      'MODULE_NOT_FOUND',
      /^Cannot find module 'gone': it is not installed\. Packages here: .*bom-hashbang.*Builtins: assert, /,
    ],
    ['constructor', 'MODULE_NOT_FOUND', /^Cannot find module 'constructor'/],
    ['', 'MODULE_NOT_FOUND', /^Cannot find module ''/],
    ['./plain', 'MODULE_NOT_FOUND', /a script has no files/],
    ['..', 'MODULE_NOT_FOUND', /a script has no files/],
    ['/etc/passwd', 'MODULE_NOT_FOUND', /a script has no files/],
    ['/modules/plain@1.2.3/index.js', 'MODULE_NOT_FOUND', /a script has no files/],
    ['file:///etc/passwd', 'MODULE_NOT_FOUND', /a script has no files/],
    ['C:\\x', 'MODULE_NOT_FOUND', /a script has no files/],
    ['plain/../../secret', 'MODULE_NOT_FOUND', /a script has no files/],
    ['plain/lib/../../dep', 'MODULE_NOT_FOUND', /a script has no files/],
    ['plain/%2e%2e/dep', 'MODULE_NOT_FOUND', /a script has no files/],
    ['plain\0', 'MODULE_NOT_FOUND', /a script has no files/],
    ['plain/nothing', 'MODULE_NOT_FOUND', /'plain' is installed, but has no such file/],
    [
      'fs',
      'ERR_MODULE_NOT_ALLOWED',
      /'fs' is never available at isolation level context: it works at isolation level process/,
    ],
    ['node:child_process', 'ERR_MODULE_NOT_ALLOWED', /never available/],
    ['fs/promises', 'ERR_MODULE_NOT_ALLOWED', /never available/],
    ['process', 'ERR_MODULE_NOT_ALLOWED', /never available/],
    [
      'throws',
      'ERR_MODULE_LOAD_FAILED',
      /^Cannot load module 'throws': TypeError: not today$/,
      /^not today$/,
    ],
    ['throws-text', 'ERR_MODULE_LOAD_FAILED', /: just text$/, /^just text$/],
    [
      'needs-missing',
      'ERR_MODULE_LOAD_FAILED',
      /Cannot find module 'gone'\nrequired by \/modules\/needs-missing@1\.2\.3\/index\.js$/,
    ],
    [
      'broken-syntax',
      'ERR_MODULE_LOAD_FAILED',
      /SyntaxError: Unexpected token ';' \(npm:broken-syntax@1\.2\.3\/index\.js:2\)$/,
    ],
    ['native', 'ERR_MODULE_LOAD_FAILED', /native add-on/],
    ['empty', 'ERR_MODULE_LOAD_FAILED', /has no main file/],
    [
      'leaving',
      'ERR_MODULE_LOAD_FAILED',
      /\/modules\/leaving@1\.2\.3\/index\.js leads outside the installed packages/,
    ],
    [
      'exporting/src/secret.js',
      'ERR_MODULE_LOAD_FAILED',
      /Package subpath '\.\/src\/secret\.js' is not defined by "exports"/,
    ],
    ['exporting/features/private/x', 'ERR_MODULE_LOAD_FAILED', /is not defined by "exports"/],
    ['exporting/escape', 'ERR_MODULE_LOAD_FAILED', /Invalid package target/],
  ];
  const ran = run(...cases.map(([id]) => `require(${JSON.stringify(id)})`));

  it.each(
    cases.map(([id, code, message, cause], index) => ({
      id,
      code,
      message,
      cause,
      error: ran[index]?.error,
    })),
  )('answers $id with $code', ({ code, message, cause, error }) => {
    expect(error).toMatchObject({ isOwn: true, code });
    expect(error?.message).toMatch(message);
    expect(JSON.stringify(error)).not.toContain(moduleDir);
    expect(error?.cause?.message ?? '').toMatch(cause ?? '');
  });

  it('answers an id that is no text with a TypeError', () => {
    expect(run('require({})')[0]?.error).toMatchObject({
      isOwn: true,
      name: 'TypeError',
      code: 'ERR_INVALID_ARG_TYPE',
    });
  });
});

describe('the allowlist', () => {
  const cases: [modules: string[], code: string, expected: string | undefined][] = [
    [[], 'require("plain")', 'ERR_MODULE_NOT_ALLOWED'],
    [[], 'require("path")', 'ERR_MODULE_NOT_ALLOWED'],
    [['plain'], 'require("plain/lib/part")', undefined],
    [['plain'], 'require("dep")', 'ERR_MODULE_NOT_ALLOWED'],
    [['path'], 'require("node:path")', undefined],
    [['timers'], 'require("timers/promises")', undefined],
    [['@scope/*'], 'require("@scope/pkg")', undefined],
    [['@other/*'], 'require("@scope/pkg")', 'ERR_MODULE_NOT_ALLOWED'],
    [['*'], 'require("@scope/pkg")', undefined],
    [['nested'], 'require("nested")', undefined],
    [['phantom'], 'require("phantom").get("dep")', 'ERR_MODULE_NOT_ALLOWED'],
    [['phantom'], 'require("phantom").get("../dep")', 'ERR_MODULE_NOT_ALLOWED'],
    [['phantom', 'dep'], 'require("phantom").get("dep")', undefined],
    [['phantom'], 'require("phantom").get("util")', undefined],
    [
      ['phantom'],
      'require("phantom"); require.cache[require.resolve("phantom")].require("dep")',
      'ERR_MODULE_NOT_ALLOWED',
    ],
  ];
  const ran = run(...cases.map(([modules, code]) => ({ modules, code: `${code}; "loaded"` })));

  it.each(
    cases.map(([modules, code, expected], index) => ({
      modules: modules.join(),
      code,
      expected,
      result: ran[index],
    })),
  )('with "$modules", $code gives $expected', ({ expected, result }) => {
    expect(result?.error?.code).toBe(expected);
    expect(result?.error?.message ?? '').toMatch(expected === undefined ? '' : /setting MODULES/);
  });
});
