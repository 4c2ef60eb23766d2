/**
 * The packages that people use most, each with a small real use: in the service at both levels, in real runner
 * processes, and in plain Node, which must say the same. Prints a table, writes it into `docs/packages.md`, and fails when
 * fewer work than `KEPT`.
 * Usage: npm run test:packages [-- --sample | <package> ...]
 * `--sample`: 40 of them, of which all must work at both levels: what CI runs
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installedFolder } from './installed.mjs';
import { report } from './report.mjs';
import { SAMPLE } from './sample.mjs';
import { startService } from './service.mjs';
import { uses } from './uses.mjs';

/** Packages that worked when this was last changed: fewer is a step back. */
const KEPT = { context: 383, process: 388 };

const NODE = fileURLToPath(new URL('node.mjs', import.meta.url));
const nodePath = process.env.SANDBOX_NODE ?? process.execPath;

const args = process.argv.slice(2);
const isSample = args.includes('--sample');
const asked = isSample ? SAMPLE : args;
const folder = installedFolder(isSample ? SAMPLE : undefined);
const names = asked.length > 0 ? asked : Object.keys(uses).toSorted();
const modules = join(folder, 'node_modules');
const services = {
  context: await startService(modules, 'context'),
  process: await startService(modules, 'process'),
};
const rows = [];
for (const name of names) rows.push(await tried(name));
for (const service of Object.values(services)) await service.stop();

const works = await report(rows, nodeVersion(), asked.length === 0);
const isLess = Object.keys(KEPT).some((level) => works[level] < KEPT[level]);
const isBroken = isSample && Object.values(works).some((count) => count < SAMPLE.length);
process.exitCode = isBroken || (asked.length === 0 && isLess) ? 1 : 0;

async function tried(name) {
  const { version } = JSON.parse(readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8'));
  const node = inNode(name);
  const first = await inService('context', name);
  // Once more, in another context of the same runner process, which has the compiled code by now.
  const again = await inService('context', name);
  const own = await inService('process', name);
  return {
    name,
    version,
    node,
    first,
    again,
    own,
    verdicts: { context: verdictOf(node, first, again), process: verdictOf(node, own) },
  };
}

function inNode(name) {
  const { stdout, stderr } = spawnSync(nodePath, ['--no-warnings', NODE, folder, name], {
    encoding: 'utf8',
    timeout: 30_000,
    env: { PATH: process.env.PATH, TZ: 'UTC' },
  });
  const line = stdout.trim().split('\n').at(-1);
  try {
    return JSON.parse(line);
  } catch {
    return { name, error: `it ended: ${stderr.trim().slice(0, 200)}` };
  }
}

/** `{value, ms}` or `{error}`. */
async function inService(level, name) {
  const code = `
    const use = ${uses[name].toString()};
    async function run(cb) {
      const started = performance.now();
      require(${JSON.stringify(name)});
      const ms = performance.now() - started;
      cb({ ms, value: (await use(require)) ?? null });
    }`;
  const { result, error } = await services[level].execute({ code, call: 'run' });
  if (error === undefined) return result.value;
  return { error: error.code === 1000 ? error.data.message || error.message : error.message };
}

function verdictOf(node, ...runs) {
  if (node.error !== undefined) return { kind: 'unconfirmed', why: `plain Node: ${node.error}` };
  const failed = runs.find(({ error }) => error !== undefined);
  if (failed !== undefined) return { kind: 'fails', why: failed.error };
  const expected = JSON.stringify(node.value);
  const other = runs.map(({ value }) => JSON.stringify(value)).find((value) => value !== expected);
  if (other === undefined) return { kind: 'works' };
  return { kind: 'differs', why: `${other.slice(0, 160)}, where Node has ${expected.slice(0, 160)}` };
}

function nodeVersion() {
  return spawnSync(nodePath, ['--version'], { encoding: 'utf8' }).stdout.trim();
}
