// Writes the table of rooms into ARCHITECTURE.md. Usage: node build/rooms-table.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ROOMS } from './rooms.mjs';

const FILE = new URL('../ARCHITECTURE.md', import.meta.url);
const START = '<!-- rooms -->';
const END = '<!-- /rooms -->';

const named = (path) => (path === '' ? '`src/*.ts`' : `\`src/${path}\``);
const importsOf = ({ imports, path }) => {
  if (imports === 'every room') return 'every room';
  return imports.length === 0 ? (path === 'client' ? 'nothing of ours' : '—') : imports.join(', ');
};

/** ARCHITECTURE.md with the table as the rooms have it. */
export function withRooms(text) {
  const rows = ROOMS.map((room) => [named(room.path), room.runsIn, room.holds, importsOf(room)]);
  const lines = [['Folder', 'Runs in', 'Holds', 'May import'], ['---', '---', '---', '---'], ...rows];
  const table = lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
  const [before, rest] = text.split(START);
  const after = rest?.split(END)[1];
  if (after === undefined) throw new Error(`ARCHITECTURE.md has no ${START} ... ${END}`);
  return `${before}${START}\n<!-- prettier-ignore -->\n${table}\n\n${END}${after}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  writeFileSync(FILE, withRooms(readFileSync(FILE, 'utf8')));
