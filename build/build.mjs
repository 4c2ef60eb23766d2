// Builds `dist`: JavaScript with swc, the scripts of contexts with esbuild, declarations with tsc.
import { chmodSync, rmSync } from 'node:fs';
import { compile, DIST } from './compile.mjs';
import { emitDeclarations } from './declarations.mjs';
import { writeStamp } from './stamp.mjs';

// First, so that a change during the build makes the result stale.
const stamp = writeStamp();
rmSync(DIST, { recursive: true, force: true });
await Promise.all([compile(), import('./bundle-realm.mjs'), emitDeclarations()]);
// `npm link` makes the binary executable once; this is a new file.
chmodSync(new URL('main.js', DIST), 0o755);
stamp();
