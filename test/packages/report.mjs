import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';

const DOCUMENT = fileURLToPath(new URL('../../docs/packages.md', import.meta.url));

/** Prints the table, and the figures; writes the document where all packages were tried. Gives how many work. */
export async function report(rows, nodeVersion, isWhole) {
  const count = (kind) => rows.filter(({ verdict }) => verdict.kind === kind).length;
  const works = count('works');
  const figures = `${works} of ${rows.length} packages work, ${count('differs')} differ, ${count('fails')} fail${
    count('unconfirmed') === 0
      ? ''
      : `; of ${count('unconfirmed')} the use does not work in plain Node either`
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
  const lines = rows.map(({ name, version, verdict, first, again, node }) =>
    row([
      `${name} ${version}`,
      verdict.kind,
      ms(first.ms),
      ms(again.ms),
      ms(node.ms),
      cell(verdict.why ?? ''),
    ]),
  );
  return [
    row(['package', '', 'first ms', 'again ms', 'Node ms', 'why']),
    row(['---', '---', '--:', '--:', '--:', '---']),
    ...lines,
  ].join('\n');
}

const row = (cells) => `| ${cells.join(' | ')} |`;
const ms = (value) => (value === undefined ? '' : value.toFixed(1));
const cell = (text) =>
  text.replaceAll(/\s+/g, ' ').replaceAll('|', '\\|').replaceAll('<', '&lt;').slice(0, 300);

function documentOf(figures, nodeVersion, table) {
  return `# Packages

Written by \`npm run test:packages\`, runners on Node ${nodeVersion}: each package is required and does something small and
real, once in plain Node and twice in the service, in fresh contexts of one real runner process with level \`context\`,
and \`MODULES=*\`. It works when all three give the same value. No network is reached in either.

**${figures}**

*first ms*: \`require\` in the service, its code read and compiled for the first time; *again ms*: in the next fresh
context of the same runner process; *Node ms*: in a new process of plain Node. On one machine, once: for the ratios, see
\`bench/require.mjs\`.

<!-- prettier-ignore -->
${table}
`;
}
