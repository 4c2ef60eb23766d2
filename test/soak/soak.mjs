/**
 * The long run: mixed scripts of several tenants against the real service, while runner processes are killed, tenants are
 * changed, calls are cancelled and clients leave. Each request has exactly one final reply that its script allows, and
 * memory and descriptors do not grow. Prints a summary; the exit code is not 0 where a promise was broken.
 * Usage: npm run test:soak [-- --executions N --process N --seconds N --seed S]
 * With --seconds the run ends then at the latest, however many executions there were.
 */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { GatewayProcess } from '../support/gateway-process.mjs';
import { SeededRandom } from '../support/seeded-random.mjs';
import { Chaos } from './chaos.mjs';
import { Gauge } from './gauge.mjs';
import { HttpClient } from './http-client.mjs';
import { Ledger } from './ledger.mjs';
import { CONTEXT_SCRIPTS, PROCESS_SCRIPTS } from './scripts.mjs';
import { TENANTS, TenantsFile } from './tenants.mjs';
import { WebSocketClient } from './web-socket-client.mjs';

const MODULES = fileURLToPath(new URL('../../node_modules', import.meta.url));
/** Longest wait for the last replies. */
const DRAIN_MS = 60_000;
const STOP_MS = 20_000;
const REPORT_MS = 15_000;
/** Of a whole run a thousand of each, at least; a short one may have none by chance. */
const FEWEST_EVENTS = 0.001;
const FEWEST_EXECUTIONS = 100_000;

/** What the log may say from `warn` on; anything else, and anything on stderr, is a broken promise. */
const EXPECTED_LINES = [
  /^warn Execution (died|busy|failed)$/,
  /^error \w+ the previous tenants stay in effect/,
  // Of a runner process that was killed before it was ready.
  /^error .*the runner process did not start/,
  /^(warn|error) \w+ .*(packages were not checked|does not load)/,
  /^warn \w+ not ready/,
];

const { values: options } = parseArgs({
  options: {
    executions: { type: 'string', default: '1000000' },
    process: { type: 'string', default: '20000' },
    seconds: { type: 'string', default: 'Infinity' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
});
const wanted = { context: Number(options.executions), process: Number(options.process) };
const random = new SeededRandom('soak', options.seed);
const began = performance.now();
console.log(
  `soak: seed ${options.seed}, ${wanted.context} executions in contexts, ${wanted.process} in processes`,
);

const tenants = new TenantsFile(random);
const gateway = await GatewayProcess.start({
  SECRETS_FILE: tenants.path,
  HOST: '127.0.0.1',
  TIMEOUT: '8000',
  MAX_CONCURRENCY: '30',
  // Of each tenant some: else the run measures how fast processes start.
  SANDBOX_MIN_RUNNERS: '15',
  SANDBOX_MAX_EXECUTIONS: '2000',
  SANDBOX_IDLE_TIMEOUT: '5000',
  MODULES: 'lodash',
  SANDBOX_MODULES_DIR: process.env.SANDBOX_MODULES_DIR ?? MODULES,
});
const ledger = new Ledger(wanted, began + Number(options.seconds) * 1000);
const chaos = new Chaos({ gateway, ledger, tenants, random });
const gauge = new Gauge(gateway);

/** Clients, and how many calls each keeps under way. */
const clients = [];
for (const tenant of TENANTS) {
  const parts = { gateway, ledger, tenants, tenant, random };
  for (let i = 0; i < 2; i++)
    clients.push({ client: new WebSocketClient(parts), level: 'context', calls: 2 });
  clients.push({ client: new HttpClient(parts), level: 'context', calls: 1 });
}
for (const tenant of ['steady', 'shaped']) {
  const parts = { gateway, ledger, tenants, tenant, random };
  clients.push({ client: new WebSocketClient(parts), level: 'process', calls: 1 });
}
clients.push({
  client: new HttpClient({ gateway, ledger, tenants, tenant: 'rated', random }),
  level: 'process',
  calls: 1,
});

gauge.start();
chaos.start();
const watch = setInterval(() => {
  ledger.checkMissing();
  if (!gateway.isAlive) ledger.violate('the service has died');
}, 1000);
const progress = setInterval(() => {
  const seconds = Math.round((performance.now() - began) / 1000);
  const { memory, descriptors } = gateway;
  console.log(
    `${seconds} s: ${ledger.executed.context} and ${ledger.executed.process} executions, ` +
      `${Math.round(memory / 1024 / 1024)} MiB, ${descriptors} descriptors`,
  );
}, REPORT_MS);

const callers = clients.flatMap(({ client, level, calls }) =>
  Array.from({ length: calls }, () => keepCalling(client, level)),
);
// A client that waits for what never comes must not keep the run from its end.
const ended = Promise.all(callers).then(() => true);
const gaveUp = until(() => ledger.failed || !gateway.isAlive);
await Promise.race([ended, gaveUp]);
gauge.stop();
await chaos.stop();
await Promise.race([Promise.all(clients.map(({ client }) => client.close())), delay(5000)]);
await Promise.race([until(() => ledger.open === 0), delay(DRAIN_MS)]);
clearInterval(watch);
clearInterval(progress);
ledger.checkMissing();

const ends = await runnerEnds();
const { code, signal, orphans } = await gateway.stop(STOP_MS);
if (code !== 0) ledger.violate(`after SIGTERM the service ended with ${signal ?? code}`);
if (orphans.length > 0) ledger.violate(`processes have outlived the service: ${orphans.join(', ')}`);
for (const pair of Object.entries(wanted)) checkCount(...pair);
checkEvents();
for (const problem of gauge.problems()) ledger.violate(problem);
for (const [kind, { count, samples }] of gateway.lines) {
  if (!EXPECTED_LINES.some((pattern) => pattern.test(kind))) {
    ledger.violate(`the log has ${count} lines like: ${samples[0]}`);
  }
}
tenants.remove();
summarize();
process.exit(ledger.violations.length === 0 ? 0 : 1);

async function keepCalling(client, level) {
  const scripts = level === 'context' ? CONTEXT_SCRIPTS : PROCESS_SCRIPTS;
  while (ledger.takes(level)) {
    const kind = pick(scripts, client);
    const { name, streams, cancels } = kind;
    const call = { name, streams, cancels, level, cancelled: false, ...kind.make(random) };
    if (level === 'process') call.payload.options = { ...call.payload.options, isolation: 'process' };
    try {
      await client.call(call);
      if (call.retryAfterMs > 0) await delay(call.retryAfterMs);
    } catch (error) {
      if (gateway.isAlive) ledger.violate(`the client failed: ${error.stack}`);
      return;
    }
  }
}

function pick(scripts, client) {
  for (;;) {
    const kind = random.weighted(scripts);
    if (kind.webSocketOnly !== true || client instanceof WebSocketClient) return kind;
  }
}

function checkCount(level, count) {
  if (!ledger.failed && !ledger.isLate && ledger.executed[level] < count) {
    ledger.violate(`only ${ledger.executed[level]} of ${count} executions at level ${level}`);
  }
}

/** What the run is about: each must have happened often, or its promises were not tried. */
function events() {
  return new Map([
    ['cancelled', ledger.cancels.stopped],
    ['disconnected', ledger.disconnects],
    ['timed out', ledger.codes.get(1002) ?? 0],
    ['out of memory', ledger.codes.get(1003) ?? 0],
    ['runners killed', ledger.kills],
    ['tenants changed', chaos.reloads],
  ]);
}

function checkEvents() {
  if (ledger.failed || ledger.executions < FEWEST_EXECUTIONS) return;
  const fewest = Math.floor(ledger.executions * FEWEST_EVENTS);
  for (const [name, count] of events()) {
    if (count < fewest) ledger.violate(`only ${count} of ${fewest} events: ${name}`);
  }
}

function mib(bytes) {
  return `${Math.round(bytes / 1024 / 1024)} MiB`;
}

function listed(map) {
  return [...map].map(([name, count]) => `${name} ${count}`).join(', ');
}

function summarize() {
  const { memory, descriptors, runners } = gauge.report();
  const seconds = Math.round((performance.now() - began) / 1000);
  console.log(
    `executions: ${ledger.executed.context} in contexts, ${ledger.executed.process} in processes, ` +
      `${seconds} s, ${Math.round(ledger.executions / seconds)} a second`,
  );
  console.log(`replies: ${listed(ledger.codes)}; ${ledger.vanished} to clients that had left`);
  console.log(`scripts: ${listed(ledger.scripts)}`);
  console.log(
    `cancels: ${ledger.cancels.sent}, of which ${ledger.cancels.hit} found their call; ${ledger.cancels.stopped} replies 1004`,
  );
  console.log(`events: ${listed(events())}; SIGHUP ${chaos.hangups}`);
  console.log(`runner processes, by why they ended: ${listed(ends)}`);
  console.log(`memory: ${mib(memory.early)} early, ${mib(memory.late)} late, ${mib(memory.most)} at most`);
  console.log(
    `descriptors: ${descriptors.early} early, ${descriptors.late} late, ${descriptors.most} at most`,
  );
  console.log(`runners: ${runners.early} early, ${runners.late} late, ${runners.most} at most`);
  console.log(
    `log: ${listed(new Map([...gateway.lines].map(([kind, { count }]) => [`"${kind.slice(0, 100)}"`, count])))}`,
  );
  for (const violation of ledger.violations) console.log(`VIOLATION: ${violation}`);
  console.log(
    ledger.violations.length === 0
      ? 'soak: every promise was kept'
      : `soak: ${ledger.violations.length} violations; again with --seed ${options.seed}`,
  );
}

/** How many runner processes have ended, by reason. */
async function runnerEnds() {
  try {
    const metrics = await (await fetch(`http://127.0.0.1:${gateway.port}/metrics`)).text();
    const rows = metrics.matchAll(/^javascriptd_runner_processes_ended_total\{reason="(\w+)"\} (\d+)/gm);
    return new Map([...rows].map(([, reason, count]) => [reason, Number(count)]));
  } catch (error) {
    ledger.violate(`the metrics were not served: ${error.message}`);
    return new Map();
  }
}

function delay(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function until(holds) {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 100));
}
