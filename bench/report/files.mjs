// Where reports go.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';

const RESULTS = new URL('../results/', import.meta.url);
const ROOT = new URL('../../', import.meta.url);

/** Writes `<name>.json` and `<name>.md` into the folder of results, and returns where. */
export function writeResults(name, data, text) {
  mkdirSync(RESULTS, { recursive: true });
  writeFileSync(new URL(`${name}.json`, RESULTS), `${JSON.stringify(data, undefined, 1)}\n`);
  writeFileSync(new URL(`${name}.md`, RESULTS), `${text}\n`);
  return fileURLToPath(new URL(name, RESULTS));
}

/** Puts a report into a page of the repository, between its two comments of that name. */
export async function writePage(path, name, text) {
  const file = fileURLToPath(new URL(path, ROOT));
  const page = readFileSync(file, 'utf8');
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  if (!page.includes(begin) || !page.includes(end)) throw new Error(`${path} has no place for ${name}`);
  const before = page.slice(0, page.indexOf(begin) + begin.length);
  const whole = `${before}\n\n${text}\n\n${page.slice(page.indexOf(end))}`;
  writeFileSync(file, await format(whole, { ...(await resolveConfig(file)), filepath: file }));
}
