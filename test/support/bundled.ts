import { createRequire } from 'node:module';
import { Script } from 'node:vm';
import { buildSync } from 'esbuild';

/** Loads a file of `src` that is only part of a bundle in `dist`. @param path from the root of the repository */
export function bundled(path: string): unknown {
  const { outputFiles } = buildSync({
    entryPoints: [path],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
  });
  const module: { exports: unknown } = { exports: {} };
  const run = new Script(`(module, require) => {${outputFiles[0]?.text}}`).runInThisContext() as (
    ...args: unknown[]
  ) => void;
  run(module, createRequire(import.meta.url));
  return module.exports;
}
