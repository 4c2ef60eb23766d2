// `npm run bench`: this service, the machine's limits and its peers, side by side. bench/README.md says what it shows.
import { loadavg } from 'node:os';
import { fallen, writeBaseline } from './baseline.mjs';
import { runHostile } from './hostile/hostile.mjs';
import { readOptions } from './options.mjs';
import { installPeers } from './peers/install.mjs';
import { ratiosOf } from './ratios.mjs';
import { writePage, writeResults } from './report/files.mjs';
import { machineLine } from './report/machine.mjs';
import { markdown } from './report/tables.mjs';
import { exceeded } from './scripts/limits.mjs';
import { measureAll } from './scripts/measure.mjs';
import { thisNode } from './scripts/nodes.mjs';
import { SAMPLES } from './scripts/samples.mjs';
import { runSuite } from './suite/suite.mjs';

const options = readOptions(process.argv.slice(2));
const began = performance.now();
const tell = (what) =>
  console.error(`${((performance.now() - began) / 1000).toFixed(0).padStart(4)} s  ${what}`);

const [loadBefore] = loadavg();
const packages = installPeers();
const run = await runSuite({ packages, options, tell });
const hostile = await runHostile({ packages, options, tell });
const machine = machineLine(`${options.rounds} interleaved rounds of ${options.seconds} s`, loadBefore);
const ratios = ratiosOf({ ...run, hostile, rounds: options.rounds });
const text = markdown({ ...run, machine, hostile, ratios });
console.log(text);
tell(`results: ${writeResults('bench', { machine, ...run, hostile, ratios }, text)}.{md,json}`);

if (options.page) await writePage('docs/benchmarks.md', 'bench', text);
if (options.baseline) writeBaseline(ratios);
const scripts = options.check ? await measureAll(SAMPLES, [thisNode()], { rounds: 3, tell }) : [];
const failures = [...run.faults, ...(options.check ? [...fallen(ratios), ...exceeded(scripts)] : [])];
for (const failure of failures) console.error(`FAILED  ${failure}`);
process.exit(failures.length > 0 ? 1 : 0);
