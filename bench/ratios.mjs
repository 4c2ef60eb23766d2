// The ratios that matter: the targets of the run, and what `baseline.json` keeps. In all of them more is better.
import { availableParallelism } from 'node:os';
import { LOOPS, BOMBS } from './hostile/attacks.mjs';
import { spread } from './measure/statistics.mjs';
import { BELOW, SPARED } from './suite/shapes.mjs';

const OURS = 'javascriptd';
const PROCESS = 'javascriptd, level process';
const BARE = 'bare createContext, all cores';
const ORIGINAL = 'vm in the server, as the original';
const WIRE = 'ws echo';
const PEERS = ['isolated-vm, fresh context', 'isolated-vm, fresh isolate', 'quickjs-emscripten'];
const STOPPING = [...PEERS, 'worker_threads, spares', 'worker_threads, fresh', 'child process, spares'];

/** Finds what was measured in a round. */
class Run {
  constructor(cells) {
    this.cells = new Map(
      cells.map(({ scenario, shape, row, rounds }) => [`${scenario}|${shape}|${row}`, rounds]),
    );
  }

  rounds(row, scenario = 'trivial', shape = '64') {
    return this.cells.get(`${scenario}|${shape}|${row}`) ?? [];
  }

  /** Round by round, so that what burdens a round burdens both sides of the ratio. */
  ratio(count, of) {
    return spread(
      Array.from({ length: count }, (_, round) => of((...cell) => this.rounds(...cell)[round] ?? {})),
    );
  }
}

const bestOf = (rows, at, scenario, shape) => {
  const rates = rows.map((row) => at(row, scenario, shape).rate).filter((rate) => rate !== undefined);
  return rates.length === 0 ? Number.NaN : Math.max(...rates);
};

/**
 * What the cores could do of this row's calls if each were a bare context, and the wire and the load generator cost
 * what they cost in the echo of the same round, from their processor time a call.
 */
function limitWithWire(at) {
  const cores = availableParallelism();
  const { rate } = at(BARE);
  const wire = at(WIRE);
  return (cores * 1000) / ((cores * 1000) / rate + wire.cpuMs + wire.generatorCpuMs);
}

const rate = (at, row, scenario, shape) => at(row, scenario, shape).rate;
const ours = (at, scenario, shape) => rate(at, OURS, scenario, shape);

/** `least`: the target. */
const RATIOS = [
  {
    name: 'trivial, 64: calls, times the original',
    least: 2.5,
    of: (at) => ours(at) / rate(at, ORIGINAL),
  },
  {
    name: 'trivial, 64: calls, of the bare contexts',
    of: (at) => ours(at) / rate(at, BARE),
  },
  {
    name: 'trivial, 64: calls, of the bare contexts less wire and generator',
    least: 0.8,
    of: (at) => ours(at) / limitWithWire(at),
  },
  {
    name: 'trivial, 64: calls, times the fastest peer that stops every loop',
    least: 1,
    of: (at) => ours(at) / bestOf(STOPPING, at, 'trivial', '64'),
  },
  {
    name: 'transform, 64: calls, times the best peer',
    least: 1.6,
    of: (at) => ours(at, 'transform') / bestOf([ORIGINAL, ...STOPPING], at, 'transform', '64'),
  },
  {
    name: "transform, 64: plain Node's added time, over ours",
    least: 1 / 1.2,
    of: (at) =>
      (1 / rate(at, BARE, 'transform') - 1 / rate(at, BARE)) / (1 / ours(at, 'transform') - 1 / ours(at)),
  },
  {
    name: 'trivial, 64: processor time of a bare context, over ours',
    least: 1 / 2,
    of: (at) => at(BARE).cpuMs / at(OURS).cpuMs,
  },
  {
    name: "trivial, 1: the original's p50, over ours",
    least: 1 / 0.45,
    of: (at) => at(ORIGINAL, 'trivial', '1').p50 / at(OURS, 'trivial', '1').p50,
  },
  {
    name: 'trivial, 1: p50 of the echo through a runner process, over ours',
    least: 1 / 2,
    of: (at) => at('echo through a runner process', 'trivial', '1').p50 / at(OURS, 'trivial', '1').p50,
  },
  {
    name: 'wait 50 ms, 64: calls, times the best peer',
    least: 1,
    of: (at) => ours(at, 'wait') / bestOf(STOPPING, at, 'wait', '64'),
  },
  {
    name: 'wait 50 ms, 512: calls, times the best peer',
    least: 1,
    of: (at) => ours(at, 'wait', '512') / bestOf(STOPPING, at, 'wait', '512'),
  },
  {
    name: 'timer 10 ms, 64: calls, times the best peer',
    least: 1,
    of: (at) => ours(at, 'timer') / bestOf(STOPPING, at, 'timer', '64'),
  },
  {
    name: 'trivial, 64: calls of reused scripts, times fresh ones',
    least: 10,
    of: (at) => rate(at, 'javascriptd, prepared and reused') / ours(at),
  },
  {
    name: 'trivial, 64 paced: 5 times p50, over p99',
    least: 1,
    of: (at) => (5 * at(OURS, 'trivial', BELOW.name).p50) / at(OURS, 'trivial', BELOW.name).p99,
  },
  {
    name: "trivial, 1 paced: level context's p50, over level process's while spares last",
    least: 1 / 2,
    of: (at) => at(OURS, 'trivial', SPARED.name).p50 / at(PROCESS, 'trivial', SPARED.name).p50,
  },
  {
    name: 'trivial, 64: calls at level process, of the bare processes',
    least: 0.9,
    of: (at) => rate(at, PROCESS) / rate(at, 'bare Node process, all cores'),
  },
];

const BYSTANDER_MS = 100;

/** @returns `{ name, least, median, min, max }` of those that this run can tell */
export function ratiosOf({ cells, hostile, rounds }) {
  const run = new Run(cells);
  const measured = RATIOS.map(({ name, least, of }) => Object.assign({ name, least }, run.ratio(rounds, of)));
  const bystanders = [LOOPS, BOMBS].flatMap(({ name, count }) => {
    const found = hostile.find(({ row, attack }) => row === OURS && attack === name);
    if (found === undefined) return [];
    const value = BYSTANDER_MS / found.worst;
    return [
      {
        name: `${BYSTANDER_MS} ms, over a bystander's worst call in ${count} ${name}`,
        least: 1,
        median: value,
        min: value,
        max: value,
        noise: 0.7,
      },
    ];
  });
  return [...measured, ...bystanders].filter(({ median }) => median !== undefined);
}
