// How long a caller waits while hostile scripts run: endless loops and memory bombs, over real sockets. One row is
// a caller of another tenant than the attackers, one of the same tenant.
// Usage: node bench/bystander.mjs [seconds per row]
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { WebSocket } from 'ws';

const SECONDS = Number(process.argv[2] ?? 5);
const TIMEOUT_MS = 1000;
const ADD = { code: 'function add(cb) { cb(a + b); }', globals: { a: 1, b: 2 }, call: 'add' };
const call = (body) => ({ code: `function f(cb) { ${body} }`, call: 'f' });
const LOOPS = 2 * availableParallelism();
const ATTACKS = [
  { name: 'nothing else', count: 0, payload: ADD },
  { name: 'loops', count: LOOPS, payload: call('for (;;);') },
  {
    name: 'loops after an await',
    count: LOOPS,
    payload: call('Promise.resolve().then(() => { for (;;); })'),
  },
  { name: 'heap bombs', count: 4, payload: call('const a = []; for (;;) a.push(new Array(1e4).fill(1.5))') },
  { name: 'heap bombs', count: 8, payload: call('const a = []; for (;;) a.push(new Array(1e4).fill(1.5))') },
  { name: 'bombs of one allocation', count: 8, payload: call('cb(new Array(1e8).fill(7).length)') },
  {
    name: 'buffer bombs',
    count: 8,
    payload: call('const a = []; for (;;) a.push(new Uint8Array(1e6).fill(1))'),
  },
  {
    name: 'string bombs',
    count: 8,
    payload: call("let s = 'x'; const a = []; for (;;) a.push((s + a.length).repeat(1e6))"),
  },
  { name: 'console floods', count: 8, payload: call("for (;;) console.log('x'.repeat(1e4))") },
];

async function connect(url, tenant) {
  const socket = new WebSocket(url, { headers: { 'x-runtime-secret': tenant } });
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

/** Attackers and bystander at the same time, for some seconds. */
async function round(url, count, payload, tenant) {
  const bystander = await connect(url, tenant);
  const attackers = await Promise.all(Array.from({ length: count }, () => connect(url, 'attacker')));
  const answers = new Map();
  const end = performance.now() + SECONDS * 1000;
  const attacks = attackers.map(async (socket) => {
    while (performance.now() < end) {
      const { reply } = await ask(socket, payload);
      const answer = `${reply.error?.code ?? 'ok'} ${reply.error?.data?.limit ?? ''}`.trim();
      answers.set(answer, (answers.get(answer) ?? 0) + 1);
    }
  });
  const times = [];
  let wrong = 0;
  while (performance.now() < end) {
    const { reply, ms } = await ask(bystander, ADD);
    times.push(ms);
    if (reply.payload?.value !== 3) wrong += 1;
    await sleep(10);
  }
  await Promise.all(attacks);
  for (const socket of [bystander, ...attackers]) socket.terminate();
  return { times: times.toSorted((a, b) => a - b), wrong, answers };
}

const service = spawn(
  process.execPath,
  [fileURLToPath(new URL('./tenant-service.mjs', import.meta.url)), `${TIMEOUT_MS}`],
  { stdio: ['ignore', 'pipe', 'inherit'] },
);
const [line] = await once(createInterface({ input: service.stdout }), 'line');
const [url] = /ws:\/\/\S+/.exec(line) ?? [];

const WIDTHS = [28, 10, 8, 9, 9, 10, 7];
const row = (...cells) =>
  console.log(cells.map((cell, i) => `${cell}`[i ? 'padStart' : 'padEnd'](WIDTHS[i] ?? 0)).join(' '));
row('attack', 'tenant', 'calls', 'p50 ms', 'p99 ms', 'worst ms', 'wrong', ' attackers are answered');
try {
  for (const { name, count, payload } of ATTACKS) {
    for (const [label, tenant] of [
      ['another', 'bystander'],
      ['the same', 'attacker'],
    ]) {
      const { times, wrong, answers } = await round(url, count, payload, tenant);
      const at = (part) => times[Math.min(Math.floor(times.length * part), times.length - 1)].toFixed(1);
      const told = [...answers].map(([answer, often]) => `${answer}: ${often}`).join(', ');
      row(`${count} ${name}`, label, times.length, at(0.5), at(0.99), at(1), wrong, ` ${told}`);
    }
  }
} finally {
  service.kill('SIGTERM');
}
