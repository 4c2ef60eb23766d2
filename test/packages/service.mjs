import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { WebSocket } from 'ws';

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/** Starts the service at a level, with one runner process at once and further settings, and speaks to it. */
export async function startService(moduleDir, isolation, settings = {}) {
  const service = spawn(process.execPath, [MAIN, '--port', '0', '--sandbox-modules-dir', moduleDir], {
    env: {
      PATH: process.env.PATH,
      TIMEOUT: '30000',
      MAX_CONCURRENCY: '1',
      SANDBOX_ISOLATION: isolation,
      ...settings,
      ...(process.env.SANDBOX_NODE !== undefined && { SANDBOX_NODE: process.env.SANDBOX_NODE }),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise((resolve, reject) => {
    createInterface(service.stdout).on('line', (line) => {
      const found = /listening on (ws:[^\s"]+)/.exec(line)?.[1];
      if (found !== undefined) resolve(found);
    });
    service.once('exit', () => reject(new Error('the service ended')));
  });
  const socket = new WebSocket(url);
  await once(socket, 'open');
  socket.send('SIMPLEX/1.0;json');
  await once(socket, 'message');
  let id = 0;
  return {
    /** The reply's payload, or the error. */
    async execute(payload) {
      socket.send(JSON.stringify({ type: 'req', id: ++id, method: 'runtime.execute', payload }));
      const [data] = await once(socket, 'message');
      const { payload: result, error } = JSON.parse(data);
      return { result, error };
    },
    async stop() {
      socket.close();
      service.kill('SIGTERM');
      await once(service, 'exit');
    },
  };
}
