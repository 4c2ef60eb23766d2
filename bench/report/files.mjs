// Where reports go.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const RESULTS = new URL('../results/', import.meta.url);
const PAGE = new URL('../../docs/benchmarks.md', import.meta.url);

/** Writes `NAME.json` and `NAME.md` into `bench/results`; says where. */
export function writeResults(name, data, text) {
  mkdirSync(RESULTS, { recursive: true });
  writeFileSync(new URL(`${name}.json`, RESULTS), `${JSON.stringify(data, undefined, 1)}\n`);
  writeFileSync(new URL(`${name}.md`, RESULTS), `${text}\n`);
  return fileURLToPath(new URL(name, RESULTS));
}

/** Puts the report between the two comments of the page. */
export function writePage(text) {
  const page = readFileSync(PAGE, 'utf8');
  const [begin, end] = ['<!-- bench -->', '<!-- /bench -->'];
  const before = page.slice(0, page.indexOf(begin) + begin.length);
  writeFileSync(PAGE, `${before}\n\n${text}\n\n${page.slice(page.indexOf(end))}`);
}
