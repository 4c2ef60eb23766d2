// The bystander, a process of its own: short calls of another tenant over one WebSocket, a few in flight, and GET /livez
// over a new connection each time. Every answer is looked at.
import { get } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from '../load/link.mjs';
import { Timings } from './timings.mjs';

const LANES = 3;
const PAUSE_MS = 5;
const RECONNECT_MS = 50;

const calls = new Timings();
const livez = new Timings();
const lag = monitorEventLoopDelay({ resolution: 5 });
const state = { isOver: false };

/** Sends a call when the one before is answered. */
class Caller {
  #order;
  #socket;
  #next = 0;
  #sent = new Map();

  constructor(order) {
    this.#order = order;
  }

  async open() {
    const { url, secret } = this.#order;
    this.#socket = await connect(url, { 'x-runtime-secret': secret });
    this.#socket.on('message', (data) => this.#take(JSON.parse(data)));
    this.#socket.on('error', () => undefined);
    this.#socket.once('close', () => this.#lose());
    for (let i = 0; i < LANES; i++) this.#send();
  }

  #send() {
    if (state.isOver || this.#socket.readyState !== this.#socket.OPEN) return;
    const id = ++this.#next;
    this.#sent.set(id, calls.begin());
    this.#socket.send(
      JSON.stringify({ type: 'req', id, method: 'runtime.execute', payload: this.#order.payload }),
    );
  }

  #take({ id, payload, error }) {
    const call = this.#sent.get(id);
    this.#sent.delete(id);
    if (call === undefined) {
      calls.fault(`a second answer to ${id}`);
      return;
    }
    if (error?.code === 1002) calls.timeouts += 1;
    calls.end(call, payload?.value === this.#order.expected ? undefined : JSON.stringify(error ?? payload));
    setTimeout(() => this.#send(), PAUSE_MS);
  }

  async #reopen() {
    await sleep(RECONNECT_MS);
    await this.open().catch(() => this.#lose());
  }

  #lose() {
    for (const call of this.#sent.values()) calls.end(call, 'the connection was closed');
    this.#sent.clear();
    if (state.isOver) return;
    calls.fault('the connection was closed');
    void this.#reopen();
  }
}

/** @returns what is wrong with the answer, nothing where it is right */
function alive(port) {
  return new Promise((resolve) => {
    get({ port, path: '/livez', host: '127.0.0.1', agent: false }, (response) => {
      response.resume();
      response.once('error', () => resolve('cut off'));
      response.once('end', () => resolve(response.statusCode === 200 ? undefined : `${response.statusCode}`));
    }).once('error', (error) => resolve(error.message));
  });
}

async function watchLiveness(port) {
  while (!state.isOver) {
    const one = livez.begin();
    livez.end(one, await alive(port));
    await sleep(PAUSE_MS);
  }
}

/** Waits for what is under way, and gives up on it in the end. */
async function drain(patienceMs) {
  state.isOver = true;
  const until = performance.now() + patienceMs;
  while ((calls.underWay > 0 || livez.underWay > 0) && performance.now() < until) await sleep(PAUSE_MS);
}

const ON = {
  async open(order) {
    await new Caller(order).open();
    void watchLiveness(order.port);
    await sleep(order.warmMs);
    process.send({ kind: 'ready' });
  },
  async begin() {
    calls.reset();
    livez.reset();
    lag.enable();
  },
  async end({ patienceMs }) {
    await drain(patienceMs);
    process.send({ kind: 'result', calls: calls.summary(), livez: livez.summary(), lagMs: lag.max / 1e6 });
  },
};

process.on('message', (order) => {
  ON[order.kind](order).catch((error) => process.send({ kind: 'failed', message: error.message }));
});
process.on('disconnect', () => process.exit(0));
