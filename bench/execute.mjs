// A trivial script over real sockets, beside the limit of the machine: contexts made in a bare loop.
// Usage: npm run bench [-- seconds per round]
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createContext, runInContext } from 'node:vm';
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import { WebSocket } from 'ws';

const ROUNDS = 5;
const PAYLOAD = { code: 'function add(cb) { cb(a + b); }', globals: { a: 1, b: 2 }, call: 'add' };

/** Makes and uses vanilla contexts until the time is over; gives the rate. */
function contextLoop(seconds) {
  const start = performance.now();
  let count = 0;
  for (; performance.now() - start < seconds * 1000; count++)
    runInContext(`${PAYLOAD.code} let r; add((v) => { r = v }); r`, createContext({ ...PAYLOAD.globals }));
  return count / ((performance.now() - start) / 1000);
}

async function bareContexts(seconds) {
  const threads = Array.from(
    { length: availableParallelism() },
    () => new Worker(fileURLToPath(import.meta.url), { workerData: seconds }),
  );
  const rates = await Promise.all(threads.map((thread) => once(thread, 'message')));
  return rates.reduce((sum, [rate]) => sum + rate, 0);
}

async function connect(url) {
  const socket = new WebSocket(url);
  await once(socket, 'open');
  socket.send('SIMPLEX/1.0;json');
  await once(socket, 'message');
  return socket;
}

/** One call in flight on each connection; gives calls a second, and latencies in milliseconds, sorted. */
async function load(url, connections, seconds) {
  const sockets = await Promise.all(Array.from({ length: connections }, () => connect(url)));
  const latencies = [];
  const end = performance.now() + seconds * 1000;
  await Promise.all(
    sockets.map(
      (socket) =>
        new Promise((resolve, reject) => {
          let id = 0;
          let sent = 0;
          const call = () => {
            sent = performance.now();
            socket.send(
              JSON.stringify({ type: 'req', id: ++id, method: 'runtime.execute', payload: PAYLOAD }),
            );
          };
          socket.on('message', (data) => {
            latencies.push(performance.now() - sent);
            if (JSON.parse(data).payload?.value !== 3) return reject(new Error('a wrong reply'));
            if (performance.now() < end) call();
            else resolve(socket.close());
          });
          call();
        }),
    ),
  );
  return { rate: latencies.length / seconds, latencies: latencies.toSorted((a, b) => a - b) };
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const percentile = ({ latencies }, p) => latencies[Math.floor((latencies.length - 1) * p)];

async function main() {
  const seconds = Number(process.argv[2] ?? 2);
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
  await load(url, 64, 1);
  const rounds = [];
  for (let i = 0; i < ROUNDS; i++) {
    rounds.push({
      bare: await bareContexts(seconds),
      serial: await load(url, 1, seconds),
      many: await load(url, 64, seconds),
    });
  }
  service.kill('SIGTERM');
  const of = (pick) => median(rounds.map(pick));
  const bare = of((round) => round.bare);
  const many = of((round) => round.many.rate);
  console.log(`| what | calls/s | p50 ms | p99 ms |
| --- | --- | --- | --- |
| bare contexts, all cores | ${bare.toFixed(0)} | | |
| 1 connection | ${of(({ serial }) => serial.rate).toFixed(0)} | ${of(({ serial }) => percentile(serial, 0.5)).toFixed(2)} | ${of(({ serial }) => percentile(serial, 0.99)).toFixed(2)} |
| 64 connections | ${many.toFixed(0)} | ${of((round) => percentile(round.many, 0.5)).toFixed(1)} | ${of((round) => percentile(round.many, 0.99)).toFixed(1)} |

64 connections reach ${(many / bare).toFixed(2)} of the bare contexts, client and gateway on the same cores.`);
}

if (isMainThread) await main();
else parentPort.postMessage(contextLoop(workerData));
