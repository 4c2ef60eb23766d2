// Writes the error tables of the built service into PROTOCOL.md and docs/http.md, between their markers.
import { readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { PROTOCOL_ERRORS } from '../dist/protocol/errors.js';
import { RUNTIME_ERRORS } from '../dist/runtime/errors.js';

const catalogue = [...Object.values(PROTOCOL_ERRORS), ...Object.values(RUNTIME_ERRORS)].toSorted(
  (a, b) => a.code - b.code,
);

await write('PROTOCOL.md', 'errors', [
  ['code', 'message', 'when'],
  ...catalogue.map(({ code, message, when }) => [code, message, when]),
]);
await write('docs/http.md', 'problems', [
  ['code', 'status', 'title', 'detail, where nothing more is known'],
  ...catalogue.map(({ code, message, http: { status, title = message, detail } }) => [
    code,
    status,
    title,
    detail,
  ]),
]);

/**
 * @param {string} page
 * @param {string} marker
 * @param {readonly (readonly (string | number)[])[]} rows
 */
async function write(page, marker, [head = [], ...rows]) {
  const file = new URL(`../${page}`, import.meta.url);
  const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  const table = `<!-- ${marker} -->\n\n${lines.join('\n')}\n\n<!-- /${marker} -->`;
  const text = readFileSync(file, 'utf8').replace(
    new RegExp(`<!-- ${marker} -->[^]*<!-- /${marker} -->`),
    () => table,
  );
  const options = await resolveConfig(file);
  writeFileSync(file, await format(text, { ...options, parser: 'markdown' }));
}
