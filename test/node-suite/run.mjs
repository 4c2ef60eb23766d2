/**
 * Node's own tests as a yardstick: those about what a script has, fetched from Debian's source of
 * Node, each in the service at both levels and in plain Node, with a `common` of our own. Writes the table of
 * docs/builtins.md, and fails when fewer pass than `KEPT`.
 * Usage: npm run test:node-suite [-- [--reasons] [--context] <part of a name> ...]
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startService } from '../packages/service.mjs';
import { groupOf, needsOf } from './groups.mjs';
import { report } from './report.mjs';
import { scriptOf, sourceOf } from './script.mjs';
import { suiteFolder, suiteVersion } from './suite.mjs';

/** Fewer passing tests are a step back. A few more pass on an idle machine: large primes take long. */
const KEPT = { context: 420, process: 478 };
/** Milliseconds until a test that waits has failed, and until a process that hangs is ended. */
const PATIENCE = 5000;
const HANG = 20_000;

/** Enough for tests that allocate much; a sandbox that is full says nothing about a builtin. */
const SETTINGS = { TIMEOUT: '15000', SANDBOX_MEMORY: '512' };

const NODE = fileURLToPath(new URL('node.cjs', import.meta.url));
const nodePath = process.env.SANDBOX_NODE ?? process.execPath;
const { values: flags, positionals: parts } = parseArgs({
  allowPositionals: true,
  options: { reasons: { type: 'boolean' }, context: { type: 'boolean' } },
});

const folder = suiteFolder();
const files = readdirSync(join(folder, 'parallel'))
  .filter((file) => groupOf(file) !== undefined)
  .filter((file) => parts.length === 0 || parts.some((part) => file.includes(part)))
  .toSorted();
const tests = files.map((file) => ({
  file,
  group: groupOf(file),
  needs: needsOf(sourceOf(folder, file)),
  script: scriptOf(folder, file, PATIENCE),
}));

await inAll(tests, inNode, 'node');
// What plain Node fails, too, says nothing.
const base = tests.filter(({ node }) => node.verdict === 'pass');
await Promise.all([inService('context'), flags.context ? undefined : inService('process')]);

const passes = await report(base, {
  tests: tests.length,
  version: suiteVersion(),
  node: process.version,
  failing: tests.filter(({ node }) => node.verdict !== 'pass'),
  writes: parts.length === 0 && !flags.context,
  reasons: flags.reasons,
});
process.exitCode =
  parts.length === 0 && Object.keys(KEPT).some((level) => passes[level] < KEPT[level]) ? 1 : 0;

async function inService(level) {
  const service = await startService(modulesOf(folder), level, SETTINGS);
  for (const test of base) {
    const { result, error } = await service.execute({ code: test.script, call: 'run' });
    test[level] =
      error === undefined
        ? result.value
        : { verdict: 'fail', why: `${error.message}: ${JSON.stringify(error.data ?? null)}` };
  }
  await service.stop();
}

/** A folder of packages with the one by which a test gets its realm's `process`, which only packages have. */
function modulesOf(suite) {
  const modules = join(suite, '../modules');
  const name = 'realm-process';
  mkdirSync(join(modules, name), { recursive: true });
  writeFileSync(join(modules, name, 'package.json'), JSON.stringify({ name, version: '1.0.0' }));
  writeFileSync(join(modules, name, 'index.js'), 'module.exports = process;');
  return modules;
}

/** Tries each test, two at a time. */
async function inAll(list, tried, name) {
  const waiting = list.values();
  const work = async () => {
    for (const test of waiting) test[name] = await tried(test);
  };
  await Promise.all([work(), work()]);
}

async function inNode({ script }) {
  const child = spawn(nodePath, ['--no-warnings', NODE], {
    env: { PATH: process.env.PATH, TZ: 'UTC' },
    stdio: ['pipe', 'pipe', 'pipe'],
    timeout: HANG,
  });
  child.stdin.on('error', () => undefined).end(script);
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  const line = output.trim().split('\n').at(-1) ?? '';
  try {
    return JSON.parse(line);
  } catch {
    return { verdict: 'fail', why: errors.trim().slice(0, 500) };
  }
}
