import { fileURLToPath } from 'node:url';
import type { SpawnOptions } from 'node:child_process';
import type { SandboxOptions } from '../sandbox.options.js';

const RUNNER = fileURLToPath(new URL('../runner/main.js', import.meta.url));

/** What starts a runner process: the arguments of `spawn`. */
export interface Launch {
  readonly file: string;
  readonly args: readonly string[];
  readonly options: SpawnOptions;
}

/** Every power that a runner process does not get is withheld here, before its first instruction. */
export function launchOf({ nodePath, maxHeapMiB }: SandboxOptions): Launch {
  return {
    file: nodePath,
    args: [
      // Gives `import()` to our callback in every position (runner/compile.ts).
      '--experimental-vm-modules',
      // Makes a host `Function` that leaked into a script useless; contexts allow their own eval.
      '--disallow-code-generation-from-strings',
      // And a leaked host prototype unwritable.
      '--frozen-intrinsics',
      `--max-old-space-size=${maxHeapMiB}`,
      '--no-addons',
      '--no-warnings',
      RUNNER,
    ],
    options: {
      // Nothing of the gateway's environment: its secret least of all.
      env: {},
      cwd: '/',
      // Standard error tells why a runner did not start, and V8's last words: that its heap was full.
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    },
  };
}
