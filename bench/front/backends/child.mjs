// A child process for each call, started ahead, and killed after it.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { startSpares } from '../spares.mjs';

const CHILD = fileURLToPath(new URL('../child.mjs', import.meta.url));

export function start({ timeoutMs, memoryMb }) {
  const open = () => {
    const child = fork(CHILD, {
      execArgv: [`--max-old-space-size=${memoryMb}`],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    return {
      on: (event, listener) => child.on(event, listener),
      send: (payload) => child.send(payload),
      end: () => child.kill('SIGKILL'),
    };
  };
  return startSpares({ open, spares: 4, timeoutMs });
}
