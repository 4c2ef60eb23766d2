// One sample in plain Node, and in a context of the service, whose runners run on the same binary.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ask, connect } from '../load/link.mjs';
import { startProgram } from '../rows/server.mjs';

const PACKAGES = fileURLToPath(new URL('../../node_modules', import.meta.url));
const PLAIN_MS = 60_000;

/** @returns `{ least, values }` of a new process of plain Node */
function runPlain(node, folder, { program }) {
  const file = join(folder, 'sample.cjs');
  writeFileSync(file, `${program}\nmain().then((result) => console.log(JSON.stringify(result)));`);
  const { stdout, stderr } = spawnSync(node, [file], {
    encoding: 'utf8',
    env: { NODE_PATH: PACKAGES },
    timeout: PLAIN_MS,
  });
  if (stdout === '') throw new Error(`plain Node: ${stderr.slice(-500)}`);
  return JSON.parse(stdout);
}

/** The same of a fresh context, in a runner process that serves nothing else. */
async function runInContext(socket, { program }) {
  const { payload, error } = await ask(socket, { code: program, call: 'main' });
  if (error !== undefined) throw new Error(`in a context: ${JSON.stringify(error).slice(0, 300)}`);
  return payload.value;
}

function compare(values, expected) {
  const [ours, plain] = [values, expected].map((one) => JSON.stringify(one));
  if (ours !== plain) throw new Error(`the context returned ${ours}, plain Node ${plain}`);
}

async function measureOne(sample, { node, folder, socket, rounds }) {
  const best = { plain: Infinity, context: Infinity };
  try {
    for (let round = 0; round < rounds; round++) {
      const plain = runPlain(node, folder, sample);
      const context = await runInContext(socket, sample);
      compare(context.values, plain.values);
      best.plain = Math.min(best.plain, plain.least);
      best.context = Math.min(best.context, context.least);
    }
    return { sample, ...best };
  } catch (error) {
    return { sample, error: error.message };
  }
}

async function measureOn(node, samples, { rounds, tell }) {
  const folder = mkdtempSync(join(tmpdir(), 'javascriptd-scripts-'));
  const service = await startProgram({
    SANDBOX_NODE: node.path,
    SANDBOX_MODULES_DIR: PACKAGES,
    TIMEOUT: '30000',
    MAX_CONCURRENCY: '1',
    SANDBOX_MIN_RUNNERS: '1',
    // When V8 gives up a fast path because of one sample, the next one must not pay for it.
    SANDBOX_MAX_EXECUTIONS: '1',
  });
  try {
    const socket = await connect(service.url);
    const results = [];
    for (const sample of samples) {
      const result = await measureOne(sample, { node: node.path, folder, socket, rounds });
      const ratio = (result.context / result.plain).toFixed(2);
      tell(`${node.version}  ${sample.name}: ${result.error ?? `${ratio}x`}`);
      results.push(result);
    }
    socket.terminate();
    return results;
  } finally {
    await service.stop();
    rmSync(folder, { recursive: true });
  }
}

/**
 * The samples on each Node, in interleaved rounds. The fastest run of each side counts: the load of other processes only adds
 * to a run.
 * @param nodes `{ path, version }`
 * @returns for each Node `{ node, results }`, with its version, and for each sample `{ sample, plain, context }` in milliseconds,
 *   or `{ sample, error }`
 */
export async function measureAll(samples, nodes, options) {
  const runs = [];
  for (const node of nodes)
    runs.push({ node: node.version, results: await measureOn(node, samples, options) });
  return runs;
}
