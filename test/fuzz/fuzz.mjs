/**
 * Random bytes from every side: WebSocket frames and HTTP requests of clients, and what a hostile runner process writes. The
 * service never dies, logs no fault, answers no request twice, keeps its memory, and a bystander is answered right.
 * Inputs follow from the seed and their number alone; one that fails is printed with both, and replayed with `--at`.
 * Usage: npm run test:fuzz [-- --inputs N --seconds N --seed S --only frames,http,runner --at I]
 * With --seconds the run ends then at the latest, however many inputs there were.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { GatewayProcess } from '../support/gateway-process.mjs';
import { Bystander } from './bystander.mjs';
import { frames } from './frames.mjs';
import { http } from './http.mjs';
import { pipe } from './runner/pipe.mjs';
import { hostileNode, processes } from './runner/processes.mjs';

const MOST_MEMORY_BYTES = 800 * 1024 * 1024;
const MOST_VIOLATIONS = 20;
const AT_ONCE = 8;
/** Of the streams of runner frames, those that real processes write. */
const PROCESS_SHARE = 0.02;
const SECRETS = { fuzzer: 'secret-of-the-fuzzer', bystander: 'secret-of-the-bystander' };
/** What the log may say from `warn` on. */
const EXPECTED_LINES = [/^warn Execution (died|busy)$/, /^warn \w+ not ready/];

const { values: options } = parseArgs({
  options: {
    inputs: { type: 'string', default: '1000000' },
    seconds: { type: 'string', default: 'Infinity' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    only: { type: 'string', default: 'frames,http,runner' },
    at: { type: 'string' },
  },
});
const asked = options.only.split(',');
const inputs = Math.ceil(Number(options.inputs) / asked.length);
const msEach = (Number(options.seconds) * 1000) / asked.length;
const violations = [];
console.log(`fuzz: seed ${options.seed}, ${inputs} inputs for each of ${asked.join(', ')}`);

const folder = mkdtempSync(join(tmpdir(), 'fuzz-'));
const secretsFile = join(folder, 'tenants.json');
writeFileSync(
  secretsFile,
  JSON.stringify({
    tenants: {
      fuzzer: { secrets: [SECRETS.fuzzer], limits: { timeout: 200, result: 65_536 }, concurrency: 8 },
      bystander: { secrets: [SECRETS.bystander] },
    },
  }),
);
const adding = {
  payload: { code: 'function f(cb) { cb(a + b); }', globals: { a: 40, b: 2 }, call: 'f' },
  value: 42,
};
const honest = { payload: { code: 'honest', call: 'f' }, value: 42 };

if (asked.includes('frames')) await withService('frames', frames, {}, adding, inputs, msEach);
if (asked.includes('http')) await withService('http', http, {}, adding, inputs, msEach);
if (asked.includes('runner')) {
  const few = Math.ceil(inputs * PROCESS_SHARE);
  const endsAt = performance.now() + msEach / 2;
  await sweep('runner', pipe, undefined, inputs - few, endsAt);
  const node = hostileNode();
  await withService('runner processes', processes, { SANDBOX_NODE: node.path }, honest, few, msEach / 2);
  node.remove();
}
rmSync(folder, { recursive: true });
for (const violation of violations) console.log(`VIOLATION: ${violation}`);
console.log(
  violations.length === 0 ? 'fuzz: every promise was kept' : `fuzz: ${violations.length} violations`,
);
process.exit(violations.length === 0 ? 0 : 1);

async function withService(name, target, settings, script, count, ms) {
  const gateway = await GatewayProcess.start({
    SECRETS_FILE: secretsFile,
    HOST: '127.0.0.1',
    TIMEOUT: '15000',
    MAX_CONCURRENCY: '12',
    SHUTDOWN_GRACE: '2000',
    MODULES: 'path',
    ...settings,
  });
  const { url, port } = gateway;
  const service = { url, port, headers: { 'x-runtime-secret': SECRETS.fuzzer } };
  const ofBystander = { 'x-runtime-secret': SECRETS.bystander };
  const violate = (what) => violations.push(`${name}: ${what}; seed ${options.seed}`);
  const bystander = new Bystander(url, ofBystander, script, violate);
  await bystander.start();
  let most = 0;
  const watch = setInterval(() => {
    most = Math.max(most, gateway.memory);
    if (!gateway.isAlive) violate('the service has died');
  }, 250);
  await sweep(name, target, service, count, performance.now() + ms, () => gateway.isAlive);
  await bystander.stop();
  clearInterval(watch);
  const { code, signal, orphans } = await gateway.stop(15_000);
  if (code !== 0) violate(`the service ended with ${signal ?? code}`);
  if (orphans.length > 0) violate(`processes have outlived the service: ${orphans.join(', ')}`);
  if (most > MOST_MEMORY_BYTES) violate(`the service took ${most} bytes of memory`);
  for (const [kind, { count: number, samples }] of gateway.lines) {
    if (EXPECTED_LINES.some((pattern) => pattern.test(kind))) continue;
    violate(`the log has ${number} lines like: ${samples[0]}`);
  }
  console.log(
    `${name}: bystander ${bystander.answers} right answers, ${bystander.busy} busy, ` +
      `${Math.round(bystander.worstMs)} ms at worst; memory ${Math.round(most / 1024 / 1024)} MiB at most`,
  );
}

/** Groups of inputs, some at once, until there were enough, or something is wrong too often. */
async function sweep(name, target, service, count, endsAt, isAlive = () => true) {
  const { group } = target;
  const one = options.at === undefined ? undefined : Math.floor(Number(options.at) / group) * group;
  let next = one ?? 0;
  let done = 0;
  const began = performance.now();
  const worker = async () => {
    while (next < (one === undefined ? count : one + group)) {
      if (!isAlive() || violations.length >= MOST_VIOLATIONS || performance.now() > endsAt) return;
      const at = next;
      next += group;
      const problem = await target.run(service, options.seed, at);
      done += group;
      const [only] = name.split(' ');
      if (problem !== undefined) {
        violations.push(`${name}: ${problem}; again with --only ${only} --seed ${options.seed} --at ${at}`);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  console.log(`${name}: ${done} inputs in ${Math.round((performance.now() - began) / 1000)} s`);
}
