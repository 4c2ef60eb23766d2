// What one trivial call costs in processor time, beside a bare context of the same Node; gateway and runners apart.
// Usage: npm run bench:call [-- --node FILE]... [--against FOLDER]... [--scenario NAME] [--rounds N] [--seconds N]
//   [--pause SECONDS], between two measurements, for others on the machine
//   [--page], which writes the table into docs/benchmarks.md
// FOLDER is another checkout, built: it is measured in the same rounds.
import { execFileSync } from 'node:child_process';
import { loadavg } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import { Load } from './load/load.mjs';
import { memoryOf, treeOf } from './measure/process-tree.mjs';
import { median, spread } from './measure/statistics.mjs';
import { writePage, writeResults } from './report/files.mjs';
import { machineLine } from './report/machine.mjs';
import { figure, table } from './report/markdown.mjs';
import { BARE_ROW } from './rows/bare.mjs';
import { startProgram } from './rows/server.mjs';
import { expectedTexts, scenarioOf } from './scenarios.mjs';

const { values } = parseArgs({
  options: {
    node: { type: 'string', multiple: true, default: [process.execPath] },
    against: { type: 'string', multiple: true, default: [] },
    scenario: { type: 'string', default: 'trivial' },
    rounds: { type: 'string', default: '7' },
    seconds: { type: 'string', default: '1' },
    connections: { type: 'string', default: '64' },
    pause: { type: 'string', default: '0' },
    page: { type: 'boolean', default: false },
  },
});
const [rounds, seconds, connections, pause] = ['rounds', 'seconds', 'connections', 'pause'].map((name) =>
  Number(values[name]),
);
const scenario = scenarioOf(values.scenario);
const HERE = fileURLToPath(new URL('..', import.meta.url));
const WARM_MS = 300;
const DRAIN_MS = 3000;

const bareRow = (node, version) => ({
  name: `bare context, Node ${version}`,
  node,
  isBare: true,
  async start() {
    const row = BARE_ROW.start({ node });
    return {
      stop: async () => row.stop(),
      measure: async () => {
        const shape = { connections, inFlight: 1 };
        const { cpuMs, rate, wrong } = await row.measure({ scenario, shape, seconds });
        return { us: cpuMs * 1000, rate, wrong };
      },
    };
  },
});

const serviceRow = (node, version, folder, load) => ({
  name: `${folder === HERE ? 'javascriptd' : basename(folder)}, Node ${version}`,
  node,
  async start() {
    const main = join(folder, 'dist/main.js');
    const server = await startProgram({ NOLOGS: 'true' }, [], [], { node, main });
    return {
      stop: server.stop,
      measure: async () => {
        const { cpuMs, rootCpuMs, rate, p99, wrong, sample } = await load.measure({
          ...server,
          payload: JSON.stringify(scenario.payload),
          expected: expectedTexts(scenario),
          connections,
          inFlight: 1,
          seconds,
          warmMs: WARM_MS,
          drainMs: DRAIN_MS,
        });
        const [, ...runners] = treeOf(server.pid).map(({ pid }) => memoryOf(pid).rss);
        const gateway = rootCpuMs * 1000;
        const us = cpuMs * 1000;
        return { us, gateway, runners: us - gateway, rate, p99, rss: Math.max(...runners), wrong, sample };
      },
    };
  },
});

const versionOf = (node) => execFileSync(node, ['--version'], { encoding: 'utf8' }).trim().slice(1);
const folders = [
  fileURLToPath(new URL('..', import.meta.url)),
  ...values.against.map((path) => resolve(path)),
];
const [loadBefore] = loadavg();
const load = new Load();
const rows = [];
try {
  for (const node of values.node) {
    const version = versionOf(node);
    for (const row of [bareRow(node, version), ...folders.map((at) => serviceRow(node, version, at, load))])
      rows.push({ ...row, server: await row.start(), measured: [] });
  }
  for (let round = 0; round < rounds; round++) {
    // There and back, so that a load that grows burdens the first as much as the last.
    for (const row of round % 2 === 0 ? rows : rows.toReversed()) {
      await sleep(pause * 1000);
      const cell = await row.server.measure();
      if (cell.wrong > 0) throw new Error(`${row.name}: a wrong reply: ${cell.sample}`);
      row.measured.push(cell);
    }
  }
} finally {
  load.close();
  for (const { server } of rows) await server.stop();
}

const of = (row, field) => median(row.measured.map((cell) => cell[field]));
const against = (row, base) =>
  spread(row.measured.map((cell, round) => cell.us / base.measured[round].us)) ?? {};
const baseOf = ({ node }, isBase) => rows.find((row) => row.node === node && isBase(row));

const lines = rows.map((row) => {
  const { min, max } = spread(row.measured.map(({ us }) => us));
  const head = [row.name, `${figure(of(row, 'us'))} [${figure(min)}–${figure(max)}]`];
  if (row.isBare) return [...head, '', '', 1, '', figure(of(row, 'rate')), '', ''];
  const ratio = against(
    row,
    baseOf(row, ({ isBare }) => isBare),
  );
  const first = baseOf(row, ({ isBare }) => !isBare);
  return [
    ...head,
    figure(of(row, 'gateway')),
    figure(of(row, 'runners')),
    `**${figure(ratio.median)}** [${figure(ratio.min)}–${figure(ratio.max)}]`,
    row === first ? 1 : figure(against(row, first).median),
    figure(of(row, 'rate')),
    figure(of(row, 'p99')),
    figure(of(row, 'rss') / 2 ** 20),
  ];
});
const text = `${machineLine(`${rounds} interleaved rounds of ${seconds} s, ${connections} connections, no log`, loadBefore)}

Processor time of a call in microseconds, median [least–most]: of all processes, of the gateway, of its runners. The same as a
multiple of a bare context's in the same round, and of the first service's on that Node. Calls a second; p99 in milliseconds; the
largest runner process in MB (RSS).

${table(['', 'us a call', 'gateway', 'runners', 'over bare', 'over the first', 'calls/s', 'p99 ms', 'runner MB'], lines)}`;
console.log(text);
const results = rows.map(({ name, measured }) => ({ name, measured }));
console.error(`results: ${writeResults('call', results, text)}.{md,json}`);
if (values.page) await writePage('docs/benchmarks.md', 'call', text);
process.exit(0);
