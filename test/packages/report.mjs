import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';

const DOCUMENT = fileURLToPath(new URL('../../docs/packages.md', import.meta.url));

/**
 * Prints the table, and the figures; writes the document where all packages were tried. Gives how many work at each
 * level.
 */
export async function report(rows, nodeVersion, isWhole) {
  const count = (level, kind) => rows.filter(({ verdicts }) => verdicts[level].kind === kind).length;
  const works = { context: count('context', 'works'), process: count('process', 'works') };
  const either = rows.filter(({ verdicts }) => Object.values(verdicts).some(({ kind }) => kind === 'works'));
  const unconfirmed = count('context', 'unconfirmed');
  const of = (level) =>
    `${works[level]} at level \`${level}\` (${count(level, 'differs')} differ, ${count(level, 'fails')} fail)`;
  const figures = `${either.length} of ${rows.length} packages work: ${of('context')}, ${of('process')}${
    unconfirmed === 0 ? '' : `; of ${unconfirmed} the use does not work in plain Node either`
  }.`;
  const table = tableOf(rows);
  if (isWhole) {
    const options = { ...(await resolveConfig(DOCUMENT)), parser: 'markdown' };
    writeFileSync(DOCUMENT, await format(documentOf(figures, nodeVersion, table), options));
  }
  process.stdout.write(`${table}\n\n${figures} Runners on Node ${nodeVersion}.\n`);
  return works;
}

function tableOf(rows) {
  const lines = rows.map(({ name, version, verdicts, first, again, own, node }) =>
    row([
      `${name} ${version}`,
      verdicts.context.kind,
      verdicts.process.kind,
      ms(first.ms),
      ms(again.ms),
      ms(own.ms),
      ms(node.ms),
      cell(verdicts.context.why ?? verdicts.process.why ?? ''),
    ]),
  );
  return [
    row(['package', '`context`', '`process`', 'first ms', 'again ms', '`process` ms', 'Node ms', 'why']),
    row(['---', '---', '---', '--:', '--:', '--:', '--:', '---']),
    ...lines,
  ].join('\n');
}

const row = (cells) => `| ${cells.join(' | ')} |`;
const ms = (value) => (value === undefined ? '' : value.toFixed(1));
const cell = (text) =>
  text.replaceAll(/\s+/g, ' ').replaceAll('|', '\\|').replaceAll('<', '&lt;').slice(0, 300);

function documentOf(figures, nodeVersion, table) {
  return `# Packages

Written by \`npm run test:packages\`, with runners on Node ${nodeVersion}. Each package is required and does something small and
real: once in plain Node, twice at level \`context\`, and once at level \`process\`. The runs at level \`context\` use fresh contexts of one
real runner process. The run at level \`process\` uses a new runner process. \`MODULES=*\` each time. A package works if all values are the
same. No package reaches the network.

**${figures}**

*first ms*: \`require\` in the service, with its code read and compiled for the first time; *again ms*: in the next fresh
context of the same runner process; *\`process\` ms*: at level \`process\`; *Node ms*: in a new process of plain Node. Measured once, on
one machine: for ratios, see \`bench/require.mjs\`.

<!-- prettier-ignore -->
${table}
`;
}
