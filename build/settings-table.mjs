// Writes the settings table of the built service into README.md, between its markers.
import { readFileSync, writeFileSync } from 'node:fs';
import { markdownTable, SETTING_ROWS } from '../dist/cli/settings-table.js';

const readme = new URL('../README.md', import.meta.url);
const table = `<!-- settings -->\n\n${markdownTable(SETTING_ROWS)}\n\n<!-- /settings -->`;
writeFileSync(
  readme,
  readFileSync(readme, 'utf8').replace(/<!-- settings -->[^]*<!-- \/settings -->/, () => table),
);
