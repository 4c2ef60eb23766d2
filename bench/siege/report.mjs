// The siege as Markdown.
import { figure, table } from '../report/markdown.mjs';

const MIB = 2 ** 20;
const HEAD = [
  'attack',
  'as',
  'sent MB',
  'connections',
  'calls',
  'p50 ms',
  'p99 ms',
  'worst ms',
  '/livez p99',
  '/livez worst',
  'wrong',
  'false 1002',
  'gateway MiB',
  'descriptors',
  'CPU s',
  'verdict',
];

function cells({ name, as, attacker, calls, livez, gateway }) {
  return [
    name,
    as ?? '',
    attacker === undefined ? '' : figure(attacker.bytes / 1e6),
    attacker?.connections ?? '',
    calls.count,
    figure(calls.p50),
    figure(calls.p99),
    figure(calls.worst),
    figure(livez.p99),
    figure(livez.worst),
    calls.wrong + livez.wrong + calls.unanswered + livez.unanswered,
    calls.timeouts,
    Math.round(gateway.peakBytes / MIB),
    gateway.descriptors,
    (gateway.cpuMs / 1000).toFixed(1),
  ];
}

const short = ({ name, as }) => [name, as ?? '', ...Array.from({ length: HEAD.length - 3 }, () => '')];

function tableRow(row) {
  const isWhole = row.calls !== undefined;
  const verdict =
    row.skipped === undefined
      ? row.faults.length === 0
        ? 'holds'
        : `**${row.faults.join('; ')}**`
      : `skipped: ${row.skipped}`;
  return [...(isWhole ? cells(row) : short(row)), verdict];
}

/** @param rows with their `faults` */
export function markdown(rows, { seconds, allowMs, memoryMib, machine }) {
  const judged = rows.filter(({ skipped }) => skipped === undefined);
  const failed = judged.filter(({ faults }) => faults.length > 0);
  return `${machine}

Each attack for ${seconds} s against a fresh service, as the tenant \`attacker\` (concurrency 2, rate 2/s), as \`unlimited\`, or
with no secret. The bystander is another tenant: trivial calls over one WebSocket, and \`GET /livez\` over new connections; in
the rows of egress its scripts fetch. A row holds when no answer takes longer than the quiet worst and ${allowMs} ms, none
is wrong, none is a 1002, the gateway stays within ${memoryMib} MiB and lives.

${table(HEAD, rows.map(tableRow))}

${judged.length - failed.length} of ${judged.length} rows hold.`;
}
