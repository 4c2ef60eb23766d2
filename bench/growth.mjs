// Memory and growth: what the service takes idle, loaded and after many calls; connections that do nothing; what larger
// code and globals cost; start to first answer.
// Usage: npm run bench:growth [-- --calls N] [--connections N] [--repeats N]
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { manyCalls, slopeOf } from './growth/calls.mjs';
import { idleConnections } from './growth/connections.mjs';
import { megabytes, memoryOfService, memoryRow } from './growth/memory.mjs';
import { CODE_SIZES, GLOBALS_SIZES, codeOf, costBySize, globalsOf } from './growth/sizes.mjs';
import { startToFirstAnswer } from './growth/start.mjs';
import { Load } from './load/load.mjs';
import { writeResults } from './report/files.mjs';
import { figure, table } from './report/markdown.mjs';
import { startProgram } from './rows/server.mjs';

const { values } = parseArgs({
  options: {
    calls: { type: 'string', default: '200000' },
    connections: { type: 'string', default: '5000' },
    repeats: { type: 'string', default: '15' },
  },
});
const IDLE_MS = 3000;
const tell = (what) => console.error(what);

function sizeTable(what, { points, slope, intercept, fit }) {
  const rows = points.map(([bytes, ms, cpuMs]) => [figure(bytes / 1024), figure(ms), figure(cpuMs)]);
  return `${table([`${what}, KB`, 'p50 ms', 'CPU ms'], rows)}

${figure(slope * 2 ** 20)} ms for each MB and ${figure(intercept)} ms; a line fits with R² = ${fit.toFixed(3)}.`;
}

const start = await startToFirstAnswer(5);
tell(`start to first answer: ${figure(start.median)} ms`);

const server = await startProgram({});
const load = new Load();
await sleep(IDLE_MS);
const idle = memoryOfService(server.pid);
const code = await costBySize(server, CODE_SIZES, codeOf, Number(values.repeats));
const globals = await costBySize(server, GLOBALS_SIZES, globalsOf, Number(values.repeats));
tell('sizes done');
await server.stop();

const fresh = await startProgram({});
const samples = await manyCalls(fresh, load, Number(values.calls), tell);
await sleep(IDLE_MS);
const after = memoryOfService(fresh.pid);
load.close();
await fresh.stop();

const { slope, noise } = slopeOf(samples);
const memoryRows = [
  ['idle, nothing run', idle],
  [`loaded, after ${samples[0].calls} calls`, samples[0].memory],
  [`loaded, after ${samples.at(-1).calls} calls`, samples.at(-1).memory],
  ['idle again', after],
].map(([name, memory]) => [name, memoryRow(memory).map(figure)].flat());

const crowd = await idleConnections(Number(values.connections));
const text = `Start to first answer: ${figure(start.median)} ms [${figure(start.min)}–${figure(start.max)}].

### Memory, MB

${table(['', 'gateway RSS', 'PSS', 'runners', 'largest RSS', 'largest PSS', 'all PSS'], memoryRows)}

Gateway, under load: ${slope < 0 ? '-' : ''}${figure(megabytes(Math.abs(slope)))} MB for each 100,000 calls; samples are within ${figure(megabytes(noise))} MB of that line.

${figure(crowd.bytes / 1024)} KB for each idle connection, at ${values.connections}; ${figure(crowd.upgradeMs)} ms for one upgrade.

### Code

${sizeTable('code', code)}

### Globals

${sizeTable('globals', globals)}`;
console.log(text);
const data = { start, memoryRows, slope, noise, crowd, code, globals };
console.error(`results: ${writeResults('growth', data, text)}.md`);
process.exit(0);
