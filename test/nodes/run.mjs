// Builds, and runs the suites, on another Node.
// Usage: npm run test:node -- VERSION|PATH [--sample] [jest's arguments]
//   npm run test:node -- 22                      every suite, and the hostile one at both levels
//   npm run test:node -- 26 --sample             a smoke test, the compatibility cases, and a sample of the hostile suite
//   npm run test:node -- 24 test/e2e -t 'fetch'  what jest is to run
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installedNode, versionOf } from './installed-node.mjs';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const JEST = [
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  'node_modules/jest/bin/jest.js',
];
const HOSTILE = ['--testRegex', String.raw`hostile/hostile\.e2e\.ts$`];
/** An eighth of the attacks takes some ten seconds. */
const SAMPLE = { HOSTILE_EVERY: '8' };

const [version, ...rest] = process.argv.slice(2);
if (version === undefined) {
  console.error('usage: npm run test:node -- VERSION|PATH [--sample] [arguments of jest]');
  process.exit(2);
}
const node = installedNode(version);
console.log(`Node ${versionOf(node)}: ${node}`);
const failed = [];

/** Runs a program of that Node, which is also the one that it finds by name. */
function run(name, args, environment = {}) {
  const started = performance.now();
  const PATH = [dirname(node), process.env.PATH].join(delimiter);
  const { status } = spawnSync(node, args, {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, PATH, ...environment },
  });
  console.log(
    `${name}: ${status === 0 ? 'ok' : 'FAILED'}, ${Math.round((performance.now() - started) / 1000)} s`,
  );
  if (status !== 0) failed.push(name);
}

const jest = (name, args, environment) => run(name, [...JEST, ...args], environment);

function runSample() {
  run('start and call', ['.ci/smoke.mjs', node, 'dist/main.js']);
  if (existsSync(`${ROOT}test/compat`)) jest('compatibility', ['test/compat']);
  jest('hostile, a sample', HOSTILE, SAMPLE);
  jest('hostile, a process for each script, a sample', HOSTILE, { ...SAMPLE, SANDBOX_ISOLATION: 'process' });
}

function runAll() {
  jest('every spec', []);
  jest('hostile', HOSTILE);
  jest('hostile, a process for each script', HOSTILE, { SANDBOX_ISOLATION: 'process' });
}

// The builtins of contexts have the shape of those of the Node that builds.
run('build', ['build/build.mjs']);
if (failed.length === 0) {
  if (rest.includes('--sample')) runSample();
  else if (rest.length > 0) jest('jest', rest);
  else runAll();
}
process.exit(failed.length > 0 ? 1 : 0);
