// What a run has measured, as Markdown.
import { spread } from '../measure/statistics.mjs';
import { REFERENCE } from '../rows/index.mjs';
import { scenarioOf } from '../scenarios.mjs';
import { figure, table } from './markdown.mjs';

const unique = (values) => [...new Set(values)];
const of = (cell, field) => spread(cell?.rounds.map((round) => round[field]) ?? []);

function rateCell(cell, reference) {
  const rate = of(cell, 'rate');
  if (rate === undefined) return '';
  const against = spread(
    cell.rounds.map((round, i) => round.rate / (reference?.rounds[i]?.rate ?? Number.NaN)),
  );
  const ratio = against === undefined ? '' : `**${figure(against.median)}x** `;
  return `${ratio}${figure(rate.median)} [${figure(rate.min)}–${figure(rate.max)}]`;
}

const latencyCell = (cell) => {
  const [p50, p99] = [of(cell, 'p50'), of(cell, 'p99')];
  return p50 === undefined ? '' : `${figure(p50.median)} / ${figure(p99.median)}`;
};

/** One scenario: rates as multiples of the reference's, then latencies and processor time. */
function scenarioTables(name, cells, rows) {
  const here = cells.filter(({ scenario }) => scenario === name);
  const shapes = unique(here.map(({ shape }) => shape));
  const present = rows.filter((row) => here.some((cell) => cell.row === row));
  const find = (row, shape) => here.find((cell) => cell.row === row && cell.shape === shape);
  const rates = present.map((row) =>
    [row, shapes.map((shape) => rateCell(find(row, shape), find(REFERENCE, shape)))].flat(),
  );
  const times = present.map((row) =>
    [
      row,
      shapes.map((shape) => latencyCell(find(row, shape))),
      figure(of(find(row, '64'), 'cpuMs')?.median),
    ].flat(),
  );
  return `### ${scenarioOf(name).title}

Calls a second: times ${REFERENCE}, median [least–most].

${table(['connections', ...shapes], rates)}

Milliseconds, p50 / p99; processor time of the server's whole process tree a call, at 64 connections.

${table(['connections', ...shapes, 'CPU ms'], times)}`;
}

function targetTable(ratios) {
  const rows = ratios.map(({ name, least, median, min, max }) => [
    name,
    `${figure(median)} [${figure(min)}–${figure(max)}]`,
    least === undefined ? '' : figure(least),
    least === undefined ? '' : median >= least ? 'met' : 'missed',
  ]);
  return `### Targets

Ratios of the same round, median [least–most]; in each more is better.

${table(['ratio', 'measured', 'at least', ''], rows)}

"Less wire and generator": the limit is cores / (cores / bare rate + processor time a call of the \`ws\` echo's server and of
the load generator beside it), in core-seconds: what the cores could do if a call cost a bare context and what the
same frames cost in the echo.`;
}

function hostileTable(hostile) {
  const attacks = unique(hostile.map(({ attack }) => attack));
  const cell = (row, attack) => {
    const one = hostile.find((result) => result.row === row && result.attack === attack);
    if (one === undefined) return '';
    const state = one.serves ? (one.stopped ? 'stopped' : 'NOT stopped') : 'HANGS';
    const wrong = one.wrong > 0 ? `, ${one.wrong} failed` : '';
    return `${state}; ${figure(one.worst)} ms${wrong}; ${Math.round(one.peakBytes / 2 ** 20)} MB`;
  };
  const rows = unique(hostile.map(({ row }) => row)).map((row) =>
    [row, attacks.map((attack) => cell(row, attack))].flat(),
  );
  return `### Under attack

Deadline 1 s, a fresh server for each cell. Whether the attack is stopped (its callers are answered and the processor comes
back) and a new client is served after it; the worst call of a bystander meanwhile; the most memory of the whole process
tree. The bystander of javascriptd is another tenant; peers know no tenants.

${table(['row', ...attacks], rows)}`;
}

/** The whole report. */
export function markdown({ machine, cells, hostile, ratios, skipped, faults, rows }) {
  const names = rows.map(({ name }) => name);
  const notes = [
    ...skipped.map(({ row, reason }) => `- ${row}: skipped: ${reason}`),
    ...faults.map((fault) => `- WRONG: ${fault}`),
  ];
  return [
    `${machine}`,
    ratios.length > 0 ? targetTable(ratios) : '',
    ...unique(cells.map(({ scenario }) => scenario)).map((name) => scenarioTables(name, cells, names)),
    hostile.length > 0 ? hostileTable(hostile) : '',
    notes.join('\n'),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}
