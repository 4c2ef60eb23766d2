// One script three ways, in turn in one run: its code sent each time, prepared, and in a context that is kept.
// Usage: node bench/prepared.mjs [seconds a round] [connections]
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { WebSocket } from 'ws';

const ROUNDS = 5;
const PADDING_LINES = 2000;
const SMALL = 'function add(cb) { cb(a + b); }';
/** About 100 kB of functions that nobody calls. */
const LARGE = `${SMALL}\n${Array.from({ length: PADDING_LINES }, (_, i) => `function unused${i}(x) { return x * ${i} + ${i}; }`).join('\n')}`;
const CALL = { globals: { a: 1, b: 2 }, call: 'add' };

async function connect(url) {
  const socket = new WebSocket(url);
  await once(socket, 'open');
  socket.send('SIMPLEX/1.0;json');
  await once(socket, 'message');
  return socket;
}

async function prepare(url, code) {
  const socket = await connect(url);
  socket.send(JSON.stringify({ type: 'req', id: 1, method: 'runtime.prepare', payload: { code } }));
  const [reply] = await once(socket, 'message');
  socket.close();
  return JSON.parse(reply).payload.script;
}

/** One call in flight on each connection; gives calls a second. */
async function rateOf(url, payload, connections, seconds) {
  const sockets = await Promise.all(Array.from({ length: connections }, () => connect(url)));
  const request = JSON.stringify({ type: 'req', id: 1, method: 'runtime.execute', payload });
  const end = performance.now() + seconds * 1000;
  let calls = 0;
  await Promise.all(
    sockets.map(
      (socket) =>
        new Promise((resolve, reject) => {
          socket.on('message', (data) => {
            calls += 1;
            if (JSON.parse(data).payload?.value !== 3) reject(new Error('a wrong reply'));
            else if (performance.now() < end) socket.send(request);
            else resolve(socket.close());
          });
          socket.send(request);
        }),
    ),
  );
  return calls / seconds;
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

const seconds = Number(process.argv[2] ?? 1);
const most = Number(process.argv[3] ?? 64);
const service = spawn(process.execPath, [fileURLToPath(new URL('../dist/main.js', import.meta.url))], {
  env: { PATH: process.env.PATH, PORT: '0' },
  stdio: ['ignore', 'pipe', 'inherit'],
});
const url = await new Promise((resolve, reject) => {
  service.once('exit', () => reject(new Error('the service did not start')));
  createInterface(service.stdout).on('line', (line) => {
    const [, found] = /listening on (ws:[^\s"]+)/.exec(line) ?? [];
    if (found) resolve(found);
  });
});
const rows = [];
for (const [size, code] of [
  ['small', SMALL],
  ['100 kB', LARGE],
]) {
  const script = await prepare(url, code);
  const ways = {
    'code sent': { code, ...CALL },
    prepared: { script, ...CALL },
    reused: { script, ...CALL, options: { reuse: true } },
  };
  for (const payload of Object.values(ways)) await rateOf(url, payload, most, 0.5);
  for (const connections of [1, most]) {
    const rates = Object.fromEntries(Object.keys(ways).map((way) => [way, []]));
    for (let i = 0; i < ROUNDS; i++)
      for (const [way, payload] of Object.entries(ways))
        rates[way].push(await rateOf(url, payload, connections, seconds));
    const sent = median(rates['code sent']);
    for (const way of Object.keys(ways)) {
      const rate = median(rates[way]);
      rows.push(`| ${size} | ${connections} | ${way} | ${rate.toFixed(0)} | ${(rate / sent).toFixed(2)} |`);
    }
  }
}
service.kill('SIGTERM');
console.log(`| script | connections | way | calls/s | of code sent |
| --- | --- | --- | --- | --- |
${rows.join('\n')}`);
