// Writes docs/builtins.md: what scripts find of Node's builtins, asked of Node itself and of a context, side by side.
// Usage: node build/builtins-table.mjs [node binary...], after a build; each binary has its own section.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { survey } from './builtins-survey.mjs';

const PAGE = new URL('../docs/builtins.md', import.meta.url);
/** Names of one parent, and of the module itself, that are told; more are counted. */
const MAX_NAMES = 4;
const MAX_OWN_NAMES = 16;

/** The section of one Node. */
export function section(major, node = process.execPath) {
  const subjects = survey(node);
  const rows = subjects
    .filter(({ probes, missing }) => probes > 0 || missing.length > 0)
    .map(({ name, probes, differing, missing }) => [
      `\`${name}\``,
      `${probes - differing.length} of ${probes}`,
      missing.length === 0 ? '-' : `${missing.length}`,
    ]);
  const total = (count) => subjects.reduce((sum, subject) => sum + count(subject), 0);
  const all = total(({ probes }) => probes);
  const same = all - total(({ differing }) => differing.length);
  const gaps = subjects.filter(({ missing }) => missing.length > 0);
  const differing = subjects.flatMap((subject) => subject.differing);
  return [
    `## Node ${major}`,
    '',
    `${same} of ${all} behaviours are Node's.`,
    '',
    ...table(['Module', 'Behaviours as in Node', 'Names not there'], rows),
    '',
    ...list(
      'Not there',
      gaps.map(({ name, missing }) => `\`${name}\`: ${namesOf(missing)}`),
    ),
    ...list(
      'Otherwise than in Node',
      differing.map((one) => code(one)),
    ),
  ].join('\n');
}

function list(title, items) {
  return items.length === 0 ? [] : [`${title}:`, '', ...items.map((item) => `- ${item}`), ''];
}

/** The page with this section in place of the one of the same Node. */
export function withSection(page, major, text) {
  const pattern = new RegExp(`^## Node ${major}\\n[^]*?(?=^## |$(?![^]))`, 'm');
  return pattern.test(page)
    ? page.replace(pattern, () => `${text.trimEnd()}\n\n`)
    : `${page.trimEnd()}\n\n${text}`;
}

function namesOf(paths) {
  const groups = new Map();
  for (const path of paths) {
    const at = path.lastIndexOf('.');
    const parent = path.slice(0, at + 1);
    groups.set(parent, [...(groups.get(parent) ?? []), path.slice(at + 1)]);
  }
  return [...groups]
    .map(([parent, names]) => {
      const most = parent === '' ? MAX_OWN_NAMES : MAX_NAMES;
      if (names.length <= most) return names.map((name) => `\`${parent}${name}\``).join(', ');
      const told = names.slice(0, most).map((name) => `\`${parent}${name}\``);
      return `${told.join(', ')} and ${names.length - most} more`;
    })
    .join(', ');
}

/** As Prettier aligns it, so that the page is the same after formatting. */
function table(head, rows) {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column].length)));
  const line = (cells) => `| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map((row) => line(row))];
}

function code(expression) {
  const fence = expression.includes('`') ? '``' : '`';
  return `${fence}${expression.replaceAll(/\s+/g, ' ')}${fence}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const nodes = process.argv.length > 2 ? process.argv.slice(2) : [process.execPath];
  let page = readFileSync(PAGE, 'utf8');
  for (const node of nodes) {
    const { stdout } = spawnSync(node, ['-p', 'process.versions.node.split(".")[0]'], { encoding: 'utf8' });
    page = withSection(page, stdout.trim(), section(stdout.trim(), node));
  }
  writeFileSync(PAGE, `${page.trimEnd()}\n`);
}
