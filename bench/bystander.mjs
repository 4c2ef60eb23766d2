// How long a caller of this service waits while hostile scripts run: each attack, with a caller of another tenant than
// the attackers' and with one of the same.
// Usage: npm run bench:bystander [-- seconds of each row]
import { MORE_ATTACKS } from './hostile/attacks.mjs';
import { siege } from './hostile/siege.mjs';
import { startTenants } from './hostile/tenants.mjs';
import { quantile } from './measure/statistics.mjs';
import { table } from './report/markdown.mjs';

const SECONDS = Number(process.argv[2] ?? 5);
const TIMEOUT_MS = 1000;
const TENANTS = [
  ['another', 'bystander'],
  ['the same', 'attacker'],
];

const server = await startTenants(TIMEOUT_MS);
const rows = [];
try {
  for (const attack of MORE_ATTACKS) {
    for (const [label, bystander] of TENANTS) {
      const { times, wrong, answers } = await siege(server, attack, {
        seconds: SECONDS,
        timeoutMs: TIMEOUT_MS,
        bystander,
      });
      const at = (part) => quantile(times, part).toFixed(1);
      const told = answers.map(([answer, often]) => `${answer}: ${often}`).join(', ');
      rows.push([
        `${attack.count} ${attack.name}`,
        label,
        times.length,
        at(0.5),
        at(0.99),
        at(1),
        wrong,
        told,
      ]);
    }
  }
} finally {
  await server.stop();
}
console.log(
  table(
    ['attack', 'tenant', 'calls', 'p50 ms', 'p99 ms', 'worst ms', 'wrong', 'attackers are answered'],
    rows,
  ),
);
