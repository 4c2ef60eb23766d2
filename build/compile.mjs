import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformFile } from '@swc/core';

export const DIST = new URL('../dist/', import.meta.url);

const source = fileURLToPath(new URL('../src/', import.meta.url));
const target = fileURLToPath(DIST);
const configFile = fileURLToPath(new URL('../.swcrc', import.meta.url));

/** `bundle-realm.mjs` builds these. */
const BUNDLED = ['sandbox/realm/', 'sandbox/runner/syntax/'];

/** Compiles `src` to `dist`, file by file. */
export async function compile() {
  const files = (await readdir(source, { recursive: true })).filter(
    (path) =>
      path.endsWith('.ts') && !path.endsWith('.d.ts') && !BUNDLED.some((folder) => path.startsWith(folder)),
  );
  await Promise.all(files.map(compileFile));
}

async function compileFile(path) {
  const from = join(source, path);
  const to = join(target, path.replace(/\.ts$/, '.js'));
  const folder = dirname(to);
  const { code, map } = await transformFile(from, { configFile, sourceFileName: relative(folder, from) });
  await mkdir(folder, { recursive: true });
  const name = `${to}.map`;
  await writeFile(to, `${code}\n//# sourceMappingURL=${relative(folder, name)}`);
  await writeFile(name, map);
}
