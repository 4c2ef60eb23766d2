/** How many files one call passes: see `test/support/doors.mjs` for what is counted, and how. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const DOORS = fileURLToPath(new URL('../../support/doors.mjs', import.meta.url));
/** Nest, the log and the metrics included. More files make a call harder to follow: join some, or say here why not. */
const MAX_DOORS = 68;

describe('runtime.execute', () => {
  it(`passes at most ${MAX_DOORS} files from its frame to its reply`, async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [DOORS]);
    const files = JSON.parse(stdout) as readonly string[];
    expect(files).toEqual(expect.arrayContaining(['sandbox/runner/loop/serve.js', 'javascriptd:boot']));
    if (files.length > MAX_DOORS) throw new Error(`${files.length} files:\n${files.join('\n')}`);
  }, 90_000);
});
