// The run: starts every row's server, then measures cell by cell, the rounds of all rows interleaved.
import { Load } from '../load/load.mjs';
import { ROWS } from '../rows/index.mjs';
import { SCENARIOS, expectedTexts } from '../scenarios.mjs';
import { shapesOf } from './shapes.mjs';

/** Longer than any queue of the run: what is late is slow, not wrong. */
const TIMEOUT_MS = 30_000;
const WARM_MS = 120;
/**
 * Before the first round the service starts as many processes as the shape asks for; the peers have theirs. Between
 * rounds of waiting scripts, of which each has a process, it has ended those that were idle for long.
 */
const GROWTH_MS = 500;
const GROWTH_FOR_WAITS_MS = 2000;
/** So long calls under way are waited for when a cell ends. Those cut off would cost the service its processes. */
const DRAIN_MS = 300;
const DRAIN_OF_OURS_MS = 3000;

/** What goes before the measured time, and after it. */
function margins({ row, server }, { waits }, round) {
  if (row.kind !== 'ours') return { warmMs: WARM_MS, drainMs: DRAIN_MS };
  return {
    warmMs: waits ? GROWTH_FOR_WAITS_MS : round > 0 ? WARM_MS : GROWTH_MS,
    drainMs: server.shortLived ? DRAIN_MS : DRAIN_OF_OURS_MS,
  };
}

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

async function measureCell(load, server, { scenario, shape, seconds, ...rest }) {
  if (server.measure !== undefined) return server.measure({ scenario, shape, seconds });
  return load.measure({
    url: server.url,
    pid: server.pid,
    shortLived: server.shortLived,
    payload: JSON.stringify(await server.payloadOf(scenario.payload)),
    expected: expectedTexts(scenario),
    connections: shape.connections,
    inFlight: shape.inFlight,
    pauseMs: shape.pauseMs,
    seconds,
    ...rest,
  });
}

const failedCell = (error) => ({ wrong: 1, sample: error.message });

/** One scenario in one shape: all rounds of all rows, in turn. */
async function measureShape(load, started, { scenario, shape, options }) {
  const here = started
    .filter(({ row }) => row.runs(scenario, shape) && (shape.kinds?.includes(row.kind) ?? true))
    .map(({ row, server }) => ({ row, server, rounds: [] }));
  for (let round = 0; round < options.rounds; round++) {
    for (const one of here) {
      const cell = { scenario, shape, seconds: options.seconds, ...margins(one, scenario, round) };
      one.rounds.push(await measureCell(load, one.server, cell).catch(failedCell));
    }
  }
  return here.map(({ row, rounds }) => ({
    scenario: scenario.name,
    shape: shape.name,
    row: row.name,
    rounds,
  }));
}

const faultsOf = (cells) =>
  cells.flatMap(({ row, scenario, shape, rounds }) =>
    rounds
      .filter(({ wrong }) => wrong > 0)
      .map(({ wrong, sample }) => `${row}: ${scenario}, ${shape}: ${wrong} wrong: ${sample}`),
  );

/** @returns cells `{ scenario, shape, row, rounds: [measured] }`, rows that were skipped, and what went wrong */
export async function runSuite({ packages, options, tell }) {
  const rows = ROWS.filter(({ name }) => options.rows?.some((part) => name.includes(part)) ?? true);
  const named = options.only ?? (options.quick ? ['trivial'] : undefined);
  const scenarios = SCENARIOS.filter(({ name }) => named?.includes(name) ?? true);
  if (scenarios.length === 0) return { cells: [], skipped: [], faults: [], rows: [] };
  const started = await startRows(rows, packages);
  const load = new Load();
  const running = started.filter(({ server }) => server !== undefined);
  const cells = [];
  try {
    for (const scenario of scenarios) {
      for (const shape of shapesOf(scenario, options.quick)) {
        tell(`${scenario.name}, ${shape.name}`);
        cells.push(...(await measureShape(load, running, { scenario, shape, options })));
      }
    }
  } finally {
    load.close();
    for (const { server } of running) await server.stop();
  }
  const skipped = started.filter((one) => one.skipped !== undefined);
  return {
    cells,
    skipped: skipped.map(({ row, skipped: reason }) => ({ row: row.name, reason })),
    faults: faultsOf(cells),
    rows: rows.map(({ name, kind }) => ({ name, kind })),
  };
}
