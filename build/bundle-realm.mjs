import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { builtinShapes } from './builtin-shapes.mjs';
import { withLaterAssert } from './assert-port.mjs';
import { withBinding } from './inspect-port.mjs';
import { withOwnNames } from './own-names.mjs';
import { writeSeccompFilters } from './seccomp-filter.mjs';

/**
 * Makes of `src/sandbox/realm` the classic scripts that run inside contexts:
 * the {@link ENTRIES} become scripts that complete to their default export, `realm/node/<name>.ts` one
 * that completes to `(require, environment) => default export`. All of them are strict: a function on the
 * stack of a sloppy caller could read that caller's arguments. And of `src/sandbox/runner/syntax` the CommonJS modules
 * that the runner itself loads, with the parsers that they import.
 */
const source = fileURLToPath(new URL('../src/sandbox/realm/', import.meta.url));
const target = fileURLToPath(new URL('../dist/sandbox/realm/', import.meta.url));

const sources = async (folder) =>
  (await readdir(folder)).filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts')).toSorted();

/** Evaluated in contexts as they are; the other files of the folder are parts of them. */
const ENTRIES = ['boot', 'boot-process', 'require'];
const builtins = await sources(`${source}node`);
const builtinNames = builtins.map((file) => basename(file, '.ts'));

const common = {
  bundle: true,
  format: 'cjs',
  platform: 'neutral',
  mainFields: ['main'],
  target: 'es2022',
  charset: 'utf8',
  keepNames: true,
  legalComments: 'none',
  logLevel: 'warning',
  tsconfig: `${source}tsconfig.json`,
};

/** What the ports call a module by, other than its plain name. */
const ALIASES = new Map([
  ['process/', 'process'],
  ['util/', 'util'],
  ['punycode/', 'punycode'],
  ['string_decoder/', 'string_decoder'],
]);

/** What the port of `assert` gets for polyfills of what every realm has. */
const POLYFILLS = {
  'object.assign/polyfill': 'module.exports = () => Object.assign;',
  'object-is/polyfill': 'module.exports = () => Object.is;',
  'call-bind/callBound': `module.exports = (name) => {
    const [owner, , method] = name.split('.');
    return Function.prototype.call.bind(globalThis[owner].prototype[method]);
  };`,
};

/** What a port gets for a module that it would load as a whole: its name there, the port, and a file of `realm/node/ports`. */
const LIGHTER = [
  ['process/', 'readable-stream', 'stream-process.ts'],
  ['util/', 'assert', 'assert-util.ts'],
];

/** Ports share the builtins of their context: one `EventEmitter`, one `Buffer`. */
const sharedBuiltins = {
  name: 'shared-builtins',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^[\w-]+(?:\.\w+)?\/\w+$/ }, ({ path, importer }) =>
      path in POLYFILLS && importer.endsWith('/assert/build/assert.js')
        ? { path, namespace: 'polyfill' }
        : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'polyfill' }, ({ path }) => ({ contents: POLYFILLS[path] }));
    onResolve({ filter: /^assert-(?:errors|mismatch)$/ }, ({ path }) => ({
      path: `${source}node/ports/${path}.ts`,
    }));
    onLoad({ filter: /\/assert\/build\/.*\.js$/ }, async ({ path }) => ({
      contents: withLaterAssert(path, await readFile(path, 'utf8')),
    }));
    onResolve({ filter: /^inspect-(?:binding|types)$/ }, ({ path }) => ({
      path: `${source}node/ports/${path === 'inspect-types' ? 'type-checks' : path}.ts`,
    }));
    onLoad({ filter: /\/node-inspect-extracted\/dist\/inspect\.js$/ }, async ({ path }) => ({
      contents: withBinding(await readFile(path, 'utf8')),
    }));
    onResolve({ filter: /^[\w/-]+$/ }, ({ path, kind, importer }) => {
      for (const [name, owner, replacement] of LIGHTER)
        if (path === name && importer.includes(`/node_modules/${owner}/`))
          return { path: `${source}node/ports/${replacement}` };
      const name = ALIASES.get(path) ?? path;
      return kind !== 'entry-point' && builtinNames.includes(name)
        ? { path: name, external: true }
        : undefined;
    });
    onResolve({ filter: /\/internal\/util\/comparisons$/ }, () => ({ path: 'deep-equal', external: true }));
  },
};

/** Builtins of ours that start from the shape of Node's. */
const SHAPED = new Set(['http', 'https', 'os']);
/** Means a global that it does without. */
const INSPECT = 'inspect.ts';

/** The shape of each builtin as JSON of its own, to be passed on without parsing it. */
const shapeTexts = () =>
  Object.fromEntries(
    Object.entries(builtinShapes(builtinNames.filter((name) => !SHAPED.has(name)))).map(([name, shape]) => [
      name,
      JSON.stringify(shape),
    ]),
  );

const buildBuiltins = async (files, shims) => {
  const { outputFiles } = await build({
    ...common,
    write: false,
    entryPoints: files.map((file) => `${source}node/${file}`),
    outdir: `${target}node`,
    inject: ['process-shim.ts', 'url-shim.ts', 'web-shim.ts'].map((file) => `${source}node/ports/${file}`),
    plugins: [sharedBuiltins],
    define: {
      global: 'globalThis',
      'globalThis.AbortController': 'LazyAbortController',
      'globalThis.AbortSignal': 'LazyAbortSignal',
      'globalThis.Blob': 'LazyBlob',
    },
    banner: {
      js: '(function (require, environment) { "use strict"; const module = { exports: {} };',
    },
    footer: { js: 'return module.exports.default; })' },
  });
  await mkdir(`${target}node`, { recursive: true });
  await Promise.all(outputFiles.map(({ path, text }) => writeFile(path, withOwnNames(text))));
};

/** Each context evaluates an entry: what CommonJS has around a module's one export is left out. */
async function buildEntry(name) {
  const outfile = `${target}${name}.js`;
  await build({ ...common, format: 'esm', entryPoints: [`${source}${name}.ts`], outfile });
  const module = await readFile(outfile, 'utf8');
  const body = module.replace(/export \{\s*(\w+) as default\s*\};\s*$/, 'return $1;');
  if (body === module) throw new Error(`realm/${name}.ts has more than a default export`);
  await writeFile(outfile, withOwnNames(`(function () { "use strict";\n${body}})()\n`));
}

await Promise.all([
  ...ENTRIES.map(buildEntry),
  buildBuiltins(
    builtins.filter((file) => file !== INSPECT),
    ['process-shim.ts'],
  ),
  // Only here: an injected name is not free for a class of our own.
  buildBuiltins([INSPECT], ['process-shim.ts', 'url-shim.ts']),
  build({
    bundle: true,
    platform: 'neutral',
    mainFields: ['module', 'main'],
    format: 'cjs',
    target: 'es2022',
    charset: 'utf8',
    minify: true,
    legalComments: 'none',
    logLevel: 'warning',
    entryPoints: ['index.ts', 'typescript.ts'].map((file) =>
      fileURLToPath(new URL(`../src/sandbox/runner/syntax/${file}`, import.meta.url)),
    ),
    outdir: fileURLToPath(new URL('../dist/sandbox/runner/syntax/', import.meta.url)),
    outExtension: { '.js': '.cjs' },
    external: ['util', 'node:*'],
  }),
  mkdir(target, { recursive: true }).then(() =>
    writeFile(`${target}shapes.json`, JSON.stringify(shapeTexts())),
  ),
]);

/** A namespace of a builtin is what `require` gives, not a copy with a getter for each name, as esbuild makes. */
const requiredNamespaces = {
  name: 'required-namespaces',
  setup({ onLoad }) {
    onLoad({ filter: /\/sandbox\/runner\/.*\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const contents = text.replaceAll(
        /^import \* as (\w+) from ('node:\w+');$/gm,
        'const $1 = require($2);',
      );
      return { contents, loader: 'ts' };
    });
  },
};

/**
 * The programs of runner processes, CommonJS bundles: Node makes no ES modules of its builtins for them, for which it would
 * make all that these offer. A process starts sooner, and has less to mark at each garbage collection. What a bundle opens
 * beside itself is looked for from a folder of `runner`, as written.
 */
const buildRunner = async (entryPoints, banner = '') => {
  const { outputFiles } = await build({
    bundle: true,
    write: false,
    plugins: [requiredNamespaces],
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'warning',
    entryPoints: Object.fromEntries(
      Object.entries(entryPoints).map(([to, from]) => [
        to,
        fileURLToPath(new URL(`../src/sandbox/runner/${from}.ts`, import.meta.url)),
      ]),
    ),
    outdir: fileURLToPath(new URL('../dist/sandbox/runner/', import.meta.url)),
    outExtension: { '.js': '.cjs' },
    define: { 'import.meta.url': 'ownUrl' },
    banner: { js: `${banner}const ownUrl = require('node:url').pathToFileURL(__filename).href;` },
  });
  for (const { path, text } of outputFiles) {
    const program = path.replace(/\.cjs$/, '.bundle.cjs');
    await mkdir(dirname(path), { recursive: true });
    await writeFile(program, `(function (exports, require, module, __filename, __dirname) {${text}\n})\n`);
    await writeFile(path, loaderOf(basename(program)));
  }
};

/**
 * Runs a bundle under a name without a path. A script can read the names of the files on its stack: it may delete
 * `Error.prepareStackTrace`, and with it our filter.
 */
const loaderOf = (program) => `'use strict';
const { readFileSync } = require('node:fs');
const { Script, constants } = require('node:vm');
const script = new Script(readFileSync(\`\${__dirname}/${program}\`, 'utf8'), {
  filename: 'javascriptd:runner',
  importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
});
script.runInThisContext()(exports, require, module, __filename, __dirname);
`;

/** At level `process` the runner shares its realm with the script, which may replace any global: it keeps those that it uses. */
const KEPT_GLOBALS =
  `Array Error JSON Map Math Number Object Promise RangeError Reflect RegExp Set String SyntaxError
  TypeError Atomics Int32Array SharedArrayBuffer Infinity Buffer URL performance setImmediate process`.split(
    /\s+/,
  );

await Promise.all([
  // The second is read by the first, at the first call of a function of Node.
  buildRunner({ 'context/main': 'main', 'native/calls': 'native/calls' }),
  // The second is read by the first, where a script has a way to the network.
  buildRunner(
    { 'process/main': 'process/main', 'process/open-network': 'process/open-network' },
    `const { ${KEPT_GLOBALS.join(', ')} } = globalThis; `,
  ),
  writeSeccompFilters(),
]);
