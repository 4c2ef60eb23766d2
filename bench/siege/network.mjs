// What the scripts of attackers and bystander may reach: hosts that answer at once, never, without an end, or do not even
// take a connection.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { startSilentResolver } from './resolver.mjs';

const CHUNK = Buffer.alloc(64 * 1024, 'x');
/** One connection fits into its queue; the kernel leaves those behind it without an answer. */
const SILENT = `require('net').createServer((socket) => socket.on('error', () => {})).listen({ port: 0, host: '127.0.0.1', backlog: 1 }, function () {
  console.log(this.address().port);
  setTimeout(() => process.kill(process.pid, 'SIGSTOP'), 50);
})`;
const NAMES = { hanging: 'hanging.test', endless: 'endless.test', silent: 'silent.test' };
/** Names below it are the resolver's to find, and it never does. */
const NAMELESS = '.nameless.test';

function answer(request, response) {
  response.on('error', () => undefined);
  // A new connection for each request, and a new look-up of the name.
  response.setHeader('connection', 'close');
  if (request.url === '/fast') return response.end('fast');
  if (request.headers.host?.startsWith('hanging') === true) return undefined;
  const more = () => {
    while (response.write(CHUNK));
  };
  response.on('drain', more);
  return more();
}

async function startSilentHost() {
  const child = spawn(process.execPath, ['-e', SILENT], { stdio: ['ignore', 'pipe', 'inherit'] });
  // SIGTERM would wait until it goes on.
  const stop = () => child.kill('SIGKILL');
  process.once('exit', stop);
  const [text] = await once(child.stdout, 'data');
  return { port: Number(text), stop };
}

/** @returns `{ hosts, environment, resolver, stop }`: URLs for scripts, and the settings that let them through */
export async function startNetwork() {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  const silent = await startSilentHost();
  const resolver = await startSilentResolver();
  const portOf = (key) => (key === 'silent' ? silent.port : port);
  const hosts = Object.fromEntries(
    Object.entries(NAMES).map(([key, name]) => [key, `http://${name}:${portOf(key)}`]),
  );
  // The machine's own file of hosts has this name, so that it is looked up, and found without a resolver.
  const fast = `http://localhost:${port}`;
  return {
    hosts: { ...hosts, fast, nameless: NAMELESS },
    resolver,
    environment: {
      EGRESS: [...Object.values(hosts), fast, `http://*${NAMELESS}`].join(','),
      EGRESS_PRIVATE: '127.0.0.0/8,::1/128',
      EGRESS_RESOLVE: Object.entries(NAMES)
        .map(([key, name]) => `${name}=127.0.0.1:${portOf(key)}`)
        .join(','),
    },
    stop() {
      silent.stop();
      resolver?.stop();
      server.close();
      server.closeAllConnections();
    },
  };
}
