import { fileURLToPath } from 'node:url';
import type { SpawnOptions } from 'node:child_process';
import type { SandboxOptions } from '../sandbox.options.js';

const RUNNER = fileURLToPath(new URL('../runner/main.js', import.meta.url));

/** Of a runner's memory, what V8's heap may have: it then collects garbage before the process is too large. */
const HEAP_SHARE = 0.6;

/** What starts a runner process: the arguments of `spawn`. */
export interface Launch {
  readonly file: string;
  readonly args: readonly string[];
  readonly options: SpawnOptions;
}

/** Every power that a runner process does not get is withheld here, before its first instruction. */
export function launchOf({ nodePath, maxMemoryBytes }: SandboxOptions): Launch {
  return {
    file: nodePath,
    args: [
      // Gives `import()` to our callback in every position (runner/compile.ts).
      '--experimental-vm-modules',
      // Makes a host `Function` that leaked into a script useless; contexts allow their own eval.
      '--disallow-code-generation-from-strings',
      // And a leaked host prototype unwritable.
      '--frozen-intrinsics',
      // The rest of the memory is Node's own, the young generation, and what lies outside V8's heap.
      `--max-old-space-size=${Math.floor((maxMemoryBytes * HEAP_SHARE) / 2 ** 20)}`,
      '--no-addons',
      '--no-warnings',
      RUNNER,
    ],
    options: {
      // Nothing of the gateway's environment: its secret least of all.
      env: {},
      cwd: '/',
      // Standard error is read until the runner is ready, to say why it is not; nothing of a script is in it by then.
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    },
  };
}
