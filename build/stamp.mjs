import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const file = join(root, 'dist/.sources');

/** What a build reads, beside the packages that the lock file names. */
const SOURCES = [
  'src',
  'build',
  '.swcrc',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'tsconfig.declarations.json',
];

/** Whether `dist` is the build of the present sources. A copy without sources has the build that it has. */
export function buildState() {
  if (!existsSync(join(root, 'src'))) return 'current';
  if (!existsSync(join(root, 'dist/main.js'))) return 'missing';
  return existsSync(file) && readFileSync(file, 'utf8') === digest() ? 'current' : 'stale';
}

/** Takes the digest of the sources now; the function that it returns writes it. */
export function writeStamp() {
  const taken = digest();
  return () => writeFileSync(file, taken);
}

function digest() {
  // The builtins of contexts have the shape of those of the Node that builds.
  const hash = createHash('sha256').update(process.version);
  for (const path of SOURCES.flatMap(filesIn).toSorted(byCodeUnits))
    hash.update(path).update(readFileSync(join(root, path)));
  return hash.digest('hex');
}

const byCodeUnits = (one, other) => (one < other ? -1 : Number(one > other));

function filesIn(path) {
  if (!existsSync(join(root, path))) return [];
  if (statSync(join(root, path)).isFile()) return [path];
  return readdirSync(join(root, path), { recursive: true })
    .map((name) => join(path, name))
    .filter((name) => statSync(join(root, name)).isFile());
}
