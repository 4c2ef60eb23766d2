import { writeFileSync } from 'node:fs';
import { encode, seccompProgram } from '../dist/sandbox/seccomp/index.js';

/**
 * Writes the system call filters of runner processes into the build, one for each machine, as arrays of
 * `struct sock_filter`: from the lists in `src/sandbox/seccomp`, with no tool but Node.
 */
export function writeSeccompFilters() {
  for (const architecture of ['x64', 'arm64'])
    writeFileSync(
      new URL(`../dist/sandbox/seccomp/${architecture}.bpf`, import.meta.url),
      encode(seccompProgram(architecture)),
    );
}
