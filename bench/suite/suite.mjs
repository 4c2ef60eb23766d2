// The run: starts every row's server, then measures cell by cell, the rounds of all rows interleaved.
import { Load } from '../load/load.mjs';
import { ROWS } from '../rows/index.mjs';
import { SCENARIOS, expectedTexts } from '../scenarios.mjs';
import { shapesOf } from './shapes.mjs';

/** Longer than any queue of the run: what is late is slow, not wrong. */
const TIMEOUT_MS = 30_000;
const WARM_SHARE = 0.3;

async function startRows(rows, packages) {
  const started = [];
  for (const row of rows) {
    try {
      started.push({ row, server: await row.start({ packages, timeoutMs: TIMEOUT_MS }) });
    } catch (error) {
      started.push({ row, skipped: error.message });
    }
  }
  return started;
}

async function measureCell(load, server, { scenario, shape, seconds }) {
  if (server.measure !== undefined) return server.measure({ scenario, shape, seconds });
  return load.measure({
    url: server.url,
    pid: server.pid,
    shortLived: server.shortLived,
    payload: JSON.stringify(await server.payloadOf(scenario.payload)),
    expected: expectedTexts(scenario),
    connections: shape.connections,
    inFlight: shape.inFlight,
    seconds,
    warmMs: seconds * 1000 * WARM_SHARE,
  });
}

/** @returns cells `{ scenario, shape, row, rounds: [measured] }`, rows that were skipped, and what went wrong */
export async function runSuite({ packages, options, tell }) {
  const rows = ROWS.filter(({ name }) => options.rows?.some((part) => name.includes(part)) ?? true);
  const named = options.only ?? (options.quick ? ['trivial'] : undefined);
  const scenarios = SCENARIOS.filter(({ name }) => named?.includes(name) ?? true);
  if (scenarios.length === 0) return { cells: [], skipped: [], faults: [], rows: [] };
  const started = await startRows(rows, packages);
  const load = new Load();
  const cells = [];
  const faults = [];
  try {
    for (const scenario of scenarios) {
      for (const shape of shapesOf(scenario, options.quick)) {
        tell(`${scenario.name}, ${shape.name}`);
        const running = started.filter(({ row, server }) => server !== undefined && row.runs(scenario));
        const here = running.map(({ row, server }) => ({ row, server, rounds: [] }));
        for (let round = 0; round < options.rounds; round++) {
          for (const { row, server, rounds } of here) {
            const measured = await measureCell(load, server, {
              scenario,
              shape,
              seconds: options.seconds,
            }).catch((error) => ({ wrong: 1, sample: error.message }));
            if (measured.wrong > 0)
              faults.push(
                `${row.name}: ${scenario.name}, ${shape.name}: ${measured.wrong} wrong: ${measured.sample}`,
              );
            rounds.push(measured);
          }
        }
        for (const { row, rounds } of here)
          cells.push({ scenario: scenario.name, shape: shape.name, row: row.name, rounds });
      }
    }
  } finally {
    load.close();
    for (const { server } of started) await server?.stop();
  }
  const skipped = started.filter((one) => one.skipped !== undefined);
  return {
    cells,
    skipped: skipped.map(({ row, skipped: reason }) => ({ row: row.name, reason })),
    faults,
    rows: rows.map(({ name, kind }) => ({ name, kind })),
  };
}
