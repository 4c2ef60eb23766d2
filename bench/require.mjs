// What a package costs the first script of a runner process that requires it, beside plain Node: without and with V8's
// compile cache there, without and with the code cache here. All four take turns. Then the next contexts of a runner.
// Usage: npm run bench:require [-- rounds]; SANDBOX_NODE is the Node of all of them.
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installedFolder } from '../test/packages/installed.mjs';
import { startService } from '../test/packages/service.mjs';

const PACKAGES = ['lodash', 'axios', 'zod', 'cheerio', '@aws-sdk/client-s3', 'openai', 'stripe'];
const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const rounds = Number(process.argv[2] ?? 9);
const node = process.env.SANDBOX_NODE ?? process.execPath;
const folder = installedFolder();
const modules = join(folder, 'node_modules');
const temporary = mkdtempSync(join(tmpdir(), 'javascriptd-require-'));
chmodSync(temporary, 0o755);
const codeCache = join(temporary, 'code');

const min = (values) => Math.min(...values);
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** A new process of plain Node; V8's compile cache is written when it ends. */
function inNode(name, compileCache) {
  const program = `
    const require = process.getBuiltinModule('node:module').createRequire(${JSON.stringify(join(folder, 'script.js'))});
    const started = performance.now();
    require(${JSON.stringify(name)});
    console.log(performance.now() - started);`;
  const { stdout } = spawnSync(node, ['--no-warnings', '-e', program], {
    encoding: 'utf8',
    env: compileCache ? { NODE_COMPILE_CACHE: join(temporary, 'node') } : {},
  });
  return Number(stdout.trim().split('\n').at(-1));
}

async function inService(service, name) {
  const code = `function run(cb) { const started = performance.now(); require(${JSON.stringify(name)}); cb(performance.now() - started); }`;
  const { result, error } = await service.execute({ code, call: 'run' });
  if (error !== undefined) throw new Error(`${name}: ${JSON.stringify(error)}`);
  return result.value;
}

function warm() {
  const args = ['warm', '--sandbox-modules-dir', modules, '--modules', PACKAGES.join()];
  const { status, stderr } = spawnSync(process.execPath, [MAIN, ...args], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, SANDBOX_NODE: node, SANDBOX_CODE_CACHE: codeCache },
  });
  if (status !== 0) throw new Error(stderr);
}

/** Each execution has a new runner process. */
const single = { SANDBOX_MAX_EXECUTIONS: '1' };

async function measure() {
  warm();
  const without = await startService(modules, 'context', single);
  const cached = await startService(modules, 'context', { ...single, SANDBOX_CODE_CACHE: codeCache });
  const kept = await startService(modules, 'context', { SANDBOX_CODE_CACHE: codeCache });
  const lines = [];
  for (const name of PACKAGES) {
    inNode(name, true);
    const times = { plain: [], compiled: [], without: [], cached: [], next: [] };
    for (let i = 0; i < rounds; i++) {
      times.plain.push(inNode(name, false));
      times.compiled.push(inNode(name, true));
      times.without.push(await inService(without, name));
      times.cached.push(await inService(cached, name));
      times.next.push(await inService(kept, name));
    }
    const [plain, compiled, own, ours] = ['plain', 'compiled', 'without', 'cached'].map((kind) =>
      min(times[kind]),
    );
    const cells = [plain, compiled, own, ours].map((ms) => ms.toFixed(1));
    const next = median(times.next.slice(1)).toFixed(1);
    lines.push(`| ${name} | ${cells.join(' | ')} | ${(ours / compiled).toFixed(2)} | ${next} |`);
  }
  for (const service of [without, cached, kept]) await service.stop();
  const version = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim();
  console.log(`Node ${version}

| package | Node | Node, compile cache | a new runner | a new runner, code cache | ratio to Node with its cache | next context |
| --- | --: | --: | --: | --: | --: | --: |
${lines.join('\n')}

Milliseconds of the first \`require\`: the least of ${rounds} new processes each, which take turns; the next context: the median.`);
}

try {
  await measure();
} finally {
  rmSync(temporary, { recursive: true });
}
