import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The programs that make and read packs: another version of them wraps and rewrites modules in another way. */
const PROGRAMS = ['../runner/', '../realm/', '../boundary/'].map((path) =>
  fileURLToPath(new URL(path, import.meta.url)),
);

/**
 * Names what packs fit: this version of the programs, a Node, and its flags. V8 checks its own version and flags, too.
 * @param node its version and architecture, and its flags
 */
export async function cacheKey(node: readonly string[]): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(node));
  for (const folder of PROGRAMS) {
    const files = (await readdir(folder, { recursive: true })).filter((file) =>
      /\.(?:c?js|json)$/.test(file),
    );
    for (const file of files.toSorted()) hash.update(file).update(await readFile(join(folder, file)));
  }
  return hash.digest('hex').slice(0, 32);
}
