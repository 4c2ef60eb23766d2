import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const entry = fileURLToPath(new URL('./seccomp/index.ts', import.meta.url));
const folder = new URL('../dist/sandbox/pool/hardening/seccomp/', import.meta.url);

/**
 * Writes the system call filters of runner processes into the build, one for each machine, as arrays of
 * `struct sock_filter`: from the lists in `build/seccomp`, with no tool but Node.
 */
export async function writeSeccompFilters() {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    format: 'esm',
    platform: 'node',
    write: false,
  });
  const program = `data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`;
  const { encode, seccompProgram } = await import(program);
  mkdirSync(folder, { recursive: true });
  for (const architecture of ['x64', 'arm64'])
    writeFileSync(new URL(`${architecture}.bpf`, folder), encode(seccompProgram(architecture)));
}
