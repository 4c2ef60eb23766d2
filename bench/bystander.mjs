// How long another tenant's call waits while hostile scripts run: endless loops and memory bombs, over real sockets.
// Usage: node bench/bystander.mjs [seconds per round] [settings of the service as flags]
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { WebSocket } from 'ws';

const SECONDS = Number(process.argv[2] ?? 5);
const TIMEOUT_MS = 1000;
const ADD = { code: 'function add(cb) { cb(a + b); }', globals: { a: 1, b: 2 }, call: 'add' };
const call = (body) => ({ code: `function f(cb) { ${body} }`, call: 'f' });
const ATTACKS = {
  'nothing else': [0, ADD],
  '4 loops': [4, call('for (;;);')],
  '4 loops after an await': [4, call('Promise.resolve().then(() => { for (;;); })')],
  '8 heap bombs': [8, call('const a = []; for (;;) a.push(new Array(1e4).fill(1.5))')],
  '8 bombs of one allocation': [8, call('cb(new Array(1e8).fill(7).length)')],
  '8 buffer bombs': [8, call('const a = []; for (;;) a.push(new Uint8Array(1e6).fill(1))')],
  '8 string bombs': [8, call("let s = 'x'; const a = []; for (;;) a.push((s + a.length).repeat(1e6))")],
  '8 console floods': [8, call("for (;;) console.log('x'.repeat(1e4))")],
};

async function connect(url) {
  const socket = new WebSocket(url);
  await once(socket, 'open');
  socket.send('SIMPLEX/1.0;json');
  await once(socket, 'message');
  return socket;
}

async function ask(socket, payload) {
  const start = performance.now();
  socket.send(JSON.stringify({ type: 'req', id: 1, method: 'runtime.execute', payload }));
  const [bytes] = await once(socket, 'message');
  return { reply: JSON.parse(bytes), ms: performance.now() - start };
}

const service = spawn(
  process.execPath,
  [
    fileURLToPath(new URL('../dist/main.js', import.meta.url)),
    '--port',
    '0',
    '--timeout',
    `${TIMEOUT_MS}`,
    ...process.argv.slice(3),
  ],
  { stdio: ['ignore', 'pipe', 'inherit'] },
);
let url;
for await (const line of createInterface({ input: service.stdout })) {
  url = /ws:\/\/\S+/.exec(line)?.[0];
  if (url) break;
}
service.stdout.resume();

const row = (...cells) => console.log(cells.map((cell, i) => `${cell}`.padStart(i ? 9 : 28)).join(''));
row('', 'calls', 'p50 ms', 'p99 ms', 'worst ms', 'wrong', 'attacks', 'end ms', 'answers');
try {
  for (const [name, [count, payload]] of Object.entries(ATTACKS)) {
    const bystander = await connect(url);
    const attackers = await Promise.all(Array.from({ length: count }, () => connect(url)));
    const [ended, answers] = [[], new Map()];
    const end = performance.now() + SECONDS * 1000;
    const attacks = attackers.map(async (socket) => {
      while (performance.now() < end) {
        const { reply, ms } = await ask(socket, payload);
        ended.push(ms);
        const answer = `${reply.error?.code ?? 'ok'} ${reply.error?.data?.limit ?? ''}`.trim();
        answers.set(answer, (answers.get(answer) ?? 0) + 1);
      }
    });
    const [times, wrong] = [[], []];
    while (performance.now() < end) {
      const { reply, ms } = await ask(bystander, ADD);
      times.push(ms);
      if (reply.payload?.value !== 3) wrong.push(reply);
      await sleep(10);
    }
    await Promise.all(attacks);
    times.sort((a, b) => a - b);
    ended.sort((a, b) => a - b);
    const at = (part) => times[Math.floor(times.length * part)]?.toFixed(1);
    row(
      name,
      times.length,
      at(0.5),
      at(0.99),
      times.at(-1).toFixed(1),
      wrong.length,
      ended.length,
      Math.round(ended[Math.floor(ended.length / 2)] ?? 0),
      JSON.stringify(Object.fromEntries(answers)),
    );
    for (const socket of [bystander, ...attackers]) socket.terminate();
  }
} finally {
  service.kill('SIGTERM');
}
