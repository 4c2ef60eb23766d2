// What every row does under attack: whether its timeout stops loops, whether it lives, what others meet meanwhile.
import { quantile } from '../measure/statistics.mjs';
import { PEER_ROWS } from '../rows/fronts.mjs';
import { ATTACKS, LOOPS } from './attacks.mjs';
import { siege } from './siege.mjs';
import { startTenants } from './tenants.mjs';

const TIMEOUT_MS = 1000;
const OURS = { name: 'javascriptd', start: ({ timeoutMs }) => startTenants(timeoutMs) };

/** @returns for each row and attack `{ row, attack, stopped, serves, worst, wrong, peakBytes }`; a fresh server for each */
export async function runHostile({ packages, options, tell }) {
  if (options.only !== undefined && !options.only.includes('hostile')) return [];
  const rows = [OURS, ...PEER_ROWS].filter(
    ({ name }) => options.rows?.some((part) => name.includes(part)) ?? true,
  );
  const results = [];
  for (const attack of options.quick ? [LOOPS] : ATTACKS) {
    tell(`hostile: ${attack.name}`);
    for (const row of rows) {
      const server = await row.start({ packages, timeoutMs: TIMEOUT_MS }).catch(() => undefined);
      if (server === undefined) continue;
      try {
        const seconds = TIMEOUT_MS / 1000;
        const { times, answered, quiet, ...result } = await siege(server, attack, {
          seconds,
          timeoutMs: TIMEOUT_MS,
        });
        results.push({
          row: row.name,
          attack: attack.name,
          ...result,
          stopped: answered && quiet,
          worst: quantile(times, 1),
        });
      } finally {
        await server.stop();
      }
    }
  }
  return results;
}
