import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const dist = join(root, 'dist');

/** What package.json exports. */
const ENTRIES = ['index.d.ts', 'client/index.d.ts', 'client/browser.d.ts'];

/** Writes the declarations of the package's exports, and of what these mention. Types are checked by `npm run typecheck`. */
export async function emitDeclarations() {
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const child = spawn(process.execPath, [tsc, '-p', 'tsconfig.declarations.json'], {
    cwd: root,
    stdio: 'inherit',
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`tsc ended with ${code}`);
  const mentioned = mentionedFrom(ENTRIES.map((entry) => join(dist, entry)));
  for (const file of readdirSync(dist, { recursive: true })) {
    if (file.endsWith('.d.ts') && !mentioned.has(join(dist, file))) rmSync(join(dist, file));
  }
}

/** tsc writes those of all files that it reads; implementation files that no declaration mentions are most of them. */
function mentionedFrom(entries) {
  // A set goes on to what is added while it is walked.
  const files = new Set(entries);
  for (const file of files) {
    for (const [, specifier] of readFileSync(file, 'utf8').matchAll(
      /(?:from|import|import\() ?'(\.[^']+)'/g,
    )) {
      const target = resolve(dirname(file), specifier.replace(/\.js$/, '.d.ts'));
      if (existsSync(target)) files.add(target);
    }
  }
  return files;
}
