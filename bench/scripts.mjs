// `npm run bench:scripts`: how fast scripts run in a context, compared with plain Node of the same binary.
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { writePage, writeResults } from './report/files.mjs';
import { machineLine } from './report/machine.mjs';
import { chart, writeChart } from './scripts/chart.mjs';
import { exceeded } from './scripts/limits.mjs';
import { measureAll } from './scripts/measure.mjs';
import { nodesFor } from './scripts/nodes.mjs';
import { markdown } from './scripts/report.mjs';
import { SAMPLES } from './scripts/samples.mjs';

const USAGE = `npm run bench:scripts -- [flags]
  --node PATH   a Node to run on, instead of this one and Node 26; may be repeated
  --only TEXT   samples whose group or name contains this text; may be repeated
  --rounds N    rounds of each sample (3)
  --check       fail when a sample is above its limit
  --page        write the tables into docs/benchmarks.md, and docs/scripts.svg`;

const { values } = parseArgs({
  options: {
    node: { type: 'string', multiple: true },
    only: { type: 'string', multiple: true },
    rounds: { type: 'string', default: '3' },
    check: { type: 'boolean', default: false },
    page: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(USAGE);
  process.exit(0);
}

const rounds = Number(values.rounds);
const samples = SAMPLES.filter(
  ({ group, name }) => values.only?.some((text) => `${group}: ${name}`.includes(text)) ?? true,
);
const [loadBefore] = loadavg();
const runs = await measureAll(samples, nodesFor(values.node), {
  rounds,
  tell: (what) => console.error(what),
});
const machine = machineLine(
  `${rounds} interleaved rounds; time of the fastest run, microseconds of one operation`,
  loadBefore,
);
const text = markdown(machine, runs);
console.log(text);
console.error(`results: ${writeResults('scripts', { machine, runs }, text)}.{md,json}`);
if (values.page) {
  await writePage('docs/benchmarks.md', 'scripts', text);
  writeChart('docs/scripts.svg', chart(runs));
}
const failures = values.check ? exceeded(runs) : [];
for (const failure of failures) console.error(`FAILED  ${failure}`);
process.exit(failures.length > 0 ? 1 : 0);
