// What a package costs the first script of a runner process that requires it, beside plain Node: without and with V8's
// compile cache there, without and with the code cache here. All four take turns, and processor time is compared.
// Usage: npm run bench:require [-- rounds]; SANDBOX_NODE is the Node of all of them.
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installedPackages } from '../dist/sandbox/packages/installed-packages.js';
import { examineHost } from '../dist/sandbox/pool/hardening/host-capabilities.js';
import { launchOf } from '../dist/sandbox/pool/launch.js';
import { DEFAULT_SANDBOX_OPTIONS } from '../dist/sandbox/sandbox.options.js';
import { installedFolder } from '../test/packages/installed.mjs';

const PACKAGES = ['lodash', 'axios', 'zod', 'cheerio', '@aws-sdk/client-s3', 'openai', 'stripe'];
const TIMEOUT_MS = 60_000;
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const rounds = Number(process.argv[2] ?? 7);
const node = process.env.SANDBOX_NODE ?? process.execPath;
const folder = installedFolder();
const modules = join(folder, 'node_modules');
const temporary = mkdtempSync(join(tmpdir(), 'javascriptd-require-'));
chmodSync(temporary, 0o755);
const [compileCache, codeCache, list] = ['node', 'code', 'packages.json'].map((name) =>
  join(temporary, name),
);

function run(args, env = {}) {
  const { stdout, stderr } = spawnSync(node, args, { env, encoding: 'utf8', timeout: TIMEOUT_MS });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout.slice(stdout.lastIndexOf('{')));
}

function plain(name, env) {
  return run(['--no-warnings', here('require/plain.cjs'), name, join(folder, 'script.js')], env).first;
}

/** The flags of a runner process. */
async function flagsOf() {
  const { args } = launchOf({
    host: await examineHost({ ...DEFAULT_SANDBOX_OPTIONS, nodePath: node }),
    layers: new Set(['node']),
    folders: [modules, temporary, here('../')],
    limits: { memoryBytes: DEFAULT_SANDBOX_OPTIONS.maxMemoryBytes },
    program: 'main',
  });
  return args.slice(0, -1);
}

/** @returns the folder of the packs */
function warmed() {
  mkdirSync(codeCache, { mode: 0o755 });
  const args = [
    here('../dist/main.js'),
    'warm',
    '--sandbox-modules-dir',
    modules,
    '--modules',
    PACKAGES.join(),
  ];
  const env = { PATH: process.env.PATH, SANDBOX_NODE: node, SANDBOX_CODE_CACHE: codeCache };
  const { status, stderr } = spawnSync(process.execPath, args, { env, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return join(codeCache, readdirSync(codeCache)[0]);
}

async function measure() {
  writeFileSync(list, JSON.stringify(await installedPackages([modules])));
  const flags = await flagsOf();
  const packs = warmed();
  const runner = (name, cache) => run([...flags, here('require/runner.mjs'), name, list, cache]);
  const lines = PACKAGES.map((name) => {
    plain(name, { NODE_COMPILE_CACHE: compileCache });
    const least = { node: Infinity, compiled: Infinity, own: Infinity, packed: Infinity, next: Infinity };
    const take = (kind, ms) => (least[kind] = Math.min(least[kind], ms));
    for (let i = 0; i < rounds; i++) {
      take('node', plain(name, {}));
      take('compiled', plain(name, { NODE_COMPILE_CACHE: compileCache }));
      take('own', runner(name, '').first);
      const { first, next } = runner(name, packs);
      take('packed', first);
      take('next', next);
    }
    const cells = ['node', 'compiled', 'own', 'packed'].map((kind) => least[kind].toFixed(1));
    const ratio = (least.packed / least.compiled).toFixed(2);
    return `| ${name} | ${cells.join(' | ')} | **${ratio}** | ${least.next.toFixed(1)} |`;
  });
  const version = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim();
  console.log(`Node ${version}: milliseconds of processor time, the least of ${rounds} new processes each, in turns.

| package | Node | Node, compile cache | runner | runner, code cache | ratio with the caches | its next context |
| --- | --: | --: | --: | --: | --: | --: |
${lines.join('\n')}`);
}

try {
  await measure();
} finally {
  rmSync(temporary, { recursive: true });
}
