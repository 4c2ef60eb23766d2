// One connection of the load generator.
import { once } from 'node:events';
import { WebSocket } from 'ws';

/** A connection that has shaken hands. */
export async function connect(url, headers = {}) {
  const socket = new WebSocket(url, { headers, perMessageDeflate: false });
  await once(socket, 'open');
  socket.send('SIMPLEX/1.0;json');
  await once(socket, 'message');
  return socket;
}

/** Sends one request and waits for the reply; nothing else may be under way on the connection. */
export async function ask(socket, payload, method = 'runtime.execute') {
  socket.send(JSON.stringify({ type: 'req', id: 1, method, payload }));
  const [data] = await once(socket, 'message');
  return JSON.parse(data);
}

/** Keeps some calls in flight; tells the tally of each reply. */
export class Link {
  #next = 0;
  #sent = new Map();
  #stopped;

  static async open(order, tally) {
    return new Link(await connect(order.url, order.headers), order, tally);
  }

  constructor(socket, { payload, expected, inFlight, pauseMs = 0 }, tally) {
    this.socket = socket;
    this.payload = payload;
    this.expected = expected;
    this.inFlight = inFlight;
    this.pauseMs = pauseMs;
    this.tally = tally;
    socket.on('message', (data) => this.#take(data.toString()));
    socket.on('error', () => undefined);
  }

  start() {
    // Not all connections at the same moment, where they pause.
    if (this.pauseMs > 0) setTimeout(() => this.#send(), Math.random() * this.pauseMs);
    else for (let i = 0; i < this.inFlight; i++) this.#send();
  }

  /** Sends nothing more; settles when every call is answered, or the connection is gone. */
  stop() {
    return new Promise((resolve) => {
      this.#stopped = resolve;
      this.socket.on('close', resolve);
      if (this.#sent.size === 0) resolve();
    });
  }

  close() {
    this.socket.terminate();
  }

  #send() {
    if (this.#stopped !== undefined) return;
    const id = ++this.#next;
    this.#sent.set(id, performance.now());
    this.socket.send(`{"type":"req","id":${id},"method":"runtime.execute","payload":${this.payload}}`);
  }

  #take(text) {
    const id = Number(/"id":(\d+)/.exec(text)?.[1]);
    const sent = this.#sent.get(id);
    this.#sent.delete(id);
    this.tally.replies += 1;
    this.tally.latencies.push(performance.now() - sent);
    if (sent === undefined || !this.expected.every((part) => text.includes(part))) {
      this.tally.wrong += 1;
      this.tally.sample ??= text.slice(0, 300);
    }
    if (this.#stopped !== undefined) {
      if (this.#sent.size === 0) this.#stopped();
    } else if (this.pauseMs > 0) setTimeout(() => this.#send(), this.pauseMs);
    else this.#send();
  }
}
