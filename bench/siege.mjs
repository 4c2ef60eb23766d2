// What a bystander notices while a client sends the worst that it can: each attack against a fresh service.
// Usage: npm run bench:siege [-- flags]; --help lists them. Exit code 1: a row did not hold.
import { loadavg } from 'node:os';
import { writeResults } from './report/files.mjs';
import { machineLine } from './report/machine.mjs';
import { startNetwork } from './siege/network.mjs';
import { readOptions } from './siege/options.mjs';
import { markdown } from './siege/report.mjs';
import { runRow } from './siege/row.mjs';
import { faultsOf } from './siege/verdict.mjs';

/** A row that takes longer than this on top of its own time hangs, and so does the siege. */
const ROW_SPARE_MS = 60_000;
/** The quiet worst of a short time would be better than it is. */
const QUIET_SECONDS = 5;

const options = readOptions(process.argv.slice(2));
const { attacks, seconds, patienceMs, retries } = options;
const loadBefore = loadavg()[0];
const hardEndMs = (attacks.length + 2) * (1 + retries) * (seconds * 1000 + patienceMs + ROW_SPARE_MS);
setTimeout(() => {
  console.error('the siege has not come to its end');
  process.exit(2);
}, hardEndMs).unref();

const network = await startNetwork();
const quiet = {};
const rows = [];

/** Of the same bystander, measured when it is first needed. */
async function quietOf(kind = 'trivial') {
  if (quiet[kind] === undefined) {
    const row = await runRow(undefined, network, {
      seconds: Math.max(seconds, QUIET_SECONDS),
      patienceMs,
      kind,
    });
    if (row.failure !== undefined) throw new Error(`the quiet row failed: ${row.failure}`);
    quiet[kind] = row;
    rows.push({ ...row, faults: [] });
  }
  return quiet[kind];
}

async function judged(attack) {
  const base = await quietOf(attack.bystander);
  const row = await runRow(attack, network, options);
  return { ...row, as: attack.as, faults: faultsOf(row, base, options) };
}

for (const attack of attacks) {
  let row = await judged(attack);
  for (let i = 0; i < retries && row.faults.length > 0; i++) row = await judged(attack);
  rows.push(row);
  console.error(`${row.name}: ${row.skipped ?? (row.faults.join('; ') || 'holds')}`);
}
network.stop();

const machine = machineLine(`${seconds} s of each attack`, loadBefore);
const text = markdown(rows, { ...options, machine });
console.log(text);
console.error(`results: ${writeResults(options.name, { ...options, attacks: undefined, rows }, text)}.md`);
process.exit(rows.some(({ faults }) => faults.length > 0) ? 1 : 0);
