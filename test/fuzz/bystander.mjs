import { once } from 'node:events';
import { WebSocket } from 'ws';

const PAUSE_MS = 20;
const PATIENCE_MS = 20_000;

/** Another tenant's client: one well-formed call after another, each of which must be answered right. */
export class Bystander {
  answers = 0;
  busy = 0;
  worstMs = 0;
  #stopped = false;
  #closed;
  #take;

  /** @param script the payload of its calls, and the value that each must give */
  constructor(url, headers, script, violate) {
    Object.assign(this, { url, headers, script, violate });
  }

  async start() {
    this.socket = new WebSocket(this.url, { headers: this.headers, perMessageDeflate: false });
    this.socket.on('error', () => undefined);
    await once(this.socket, 'open');
    this.socket.send('SIMPLEX/1.0;json');
    await once(this.socket, 'message');
    this.socket.on('message', (data) => this.#take?.(JSON.parse(data)));
    this.#closed = new Promise((resolve) => {
      this.socket.once('close', () => resolve({ error: 'the connection was closed' }));
    });
    this.done = this.#calls();
  }

  async stop() {
    this.#stopped = true;
    await this.done;
    this.socket.close();
  }

  async #calls() {
    for (let id = 1; !this.#stopped; id++) {
      const { payload, value } = this.script;
      const sentAt = performance.now();
      this.socket.send(JSON.stringify({ type: 'req', method: 'runtime.execute', id, payload }));
      const reply = await Promise.race([
        new Promise((resolve) => (this.#take = resolve)),
        this.#closed,
        delay(PATIENCE_MS, { error: 'no answer' }),
      ]);
      this.worstMs = Math.max(this.worstMs, performance.now() - sentAt);
      if (reply.error?.code === 1200) this.busy += 1;
      else if (reply.id === id && reply.payload?.value === value) this.answers += 1;
      else return this.violate(`the bystander: ${JSON.stringify(reply).slice(0, 300)}`);
      await delay(PAUSE_MS);
    }
    return undefined;
  }
}

function delay(ms, value) {
  return new Promise((resolve) => setTimeout(resolve, ms, value));
}
