import { readFileSync, writeFileSync } from 'node:fs';

const PAGE = new URL('../../docs/builtins.md', import.meta.url);
const BEGIN = '<!-- node-suite -->';
const END = '<!-- /node-suite -->';
const LEVELS = ['context', 'process'];

/**
 * Prints the table by group, with the failures on request, and writes it into the page.
 * @returns how many of those that need nothing pass at each level
 */
export async function report(base, { tests, version, node, failing, writes, reasons }) {
  const pure = base.filter(({ needs }) => needs.length === 0);
  const passes = Object.fromEntries(LEVELS.map((level) => [level, count(pure, level)]));
  const groups = [...new Set(base.map(({ group }) => group))].toSorted((a, b) => (a < b ? -1 : 1));
  const rows = groups.map((group) => row(`\`${group}\``, base, pure, (test) => test.group === group));
  const table = aligned(
    ['Group', 'Pass in plain Node', 'Need nothing', '`context`', '`process`'],
    [...rows, row('all', base, pure, () => true)],
  );
  const share = (level) => `${passes[level]} at level \`${level}\` (${percent(passes[level], pure.length)})`;
  const figures = `Of ${tests} tests, ${base.length} pass in plain Node ${node} with our \`common\`. Of these, ${pure.length} need neither process, files nor network: ${LEVELS.map(share).join(', ')} pass.`;
  if (reasons) {
    for (const test of failing) tell(test, 'node');
    for (const test of base) for (const level of LEVELS) tell(test, level);
  }
  process.stdout.write(`${table.join('\n')}\n\n${figures}\n`);
  if (writes) {
    const page = readFileSync(PAGE, 'utf8');
    const [before, after] = [page.indexOf(BEGIN), page.indexOf(END)];
    if (before === -1 || after === -1) throw new Error(`docs/builtins.md has no ${BEGIN}`);
    const section = [
      BEGIN,
      '',
      `${figures} The tests are those of Node ${version}, from Debian.`,
      '',
      ...table,
      '',
      '',
    ];
    writeFileSync(PAGE, page.slice(0, before) + section.join('\n') + page.slice(after));
  }
  return passes;
}

function tell(test, side) {
  if (test[side] === undefined || isPass(test, side)) return;
  const why = (test[side].why ?? '').replaceAll(/\s+/g, ' ').slice(0, 400);
  process.stdout.write(`${side} ${test.needs.join('+') || '-'} ${test.file}: ${test[side].verdict} ${why}\n`);
}

const isPass = (test, level) => test[level]?.verdict === 'pass';
const count = (tests, level) => tests.filter((test) => isPass(test, level)).length;
const percent = (part, all) => `${all === 0 ? 0 : ((100 * part) / all).toFixed(1)} %`;

function row(name, base, pure, isIn) {
  const those = pure.filter(isIn);
  const share = (level) => `${count(those, level)} (${percent(count(those, level), those.length)})`;
  return [name, `${base.filter(isIn).length}`, `${those.length}`, ...LEVELS.map(share)];
}

/** As Prettier aligns it, so that the page is the same after formatting. */
function aligned(head, rows) {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((cells) => cells[column].length)));
  const line = (cells) => `| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map((cells) => line(cells))];
}
