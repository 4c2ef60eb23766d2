import { WebSocket } from 'ws';

const RETRY_MS = 100;
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** One connection after another for one tenant; each ends at a random moment, most with calls under way. */
export class WebSocketClient {
  #socket;
  #opening;
  #next = 0;
  #callsLeft = 0;
  #pending = new Map();
  #scripts = new Map();

  constructor({ gateway, ledger, tenants, tenant, random }) {
    Object.assign(this, { gateway, ledger, tenants, tenant, random });
  }

  /** Makes one call; settles when it is answered, or the connection is gone. */
  async call(call) {
    const socket = await this.#connected();
    call.transport = 'WebSocket';
    call.tenant = this.tenant;
    const { payload } = call;
    if (call.prepares !== undefined) {
      payload.script = this.#scripts.get(call.prepares) ?? (await this.#prepare(socket, call.prepares));
      if (payload.script === undefined) return this.ledger.skipped(call.level);
    }
    if (call.streams) payload.options = { ...payload.options, stream: true };
    this.ledger.sent(call);
    const answered = this.#send(socket, 'runtime.execute', payload, call);
    if (call.cancels || this.random.chance(0.002)) this.#cancelLater(socket, call);
    this.#callsLeft -= 1;
    if (this.#callsLeft <= 0) this.#leave();
    const reply = await answered;
    if (reply?.code === 1104) this.#scripts.delete(call.prepares);
    // Its secret was taken back; the next connection has the new one.
    if (reply?.code === 1103 && socket === this.#socket) this.#leave();
    return undefined;
  }

  /** Ends the connection in good order. */
  async close() {
    if (this.#socket === undefined || this.#socket.readyState !== WebSocket.OPEN) return;
    const closed = new Promise((resolve) => this.#socket.once('close', resolve));
    this.#socket.close(1000);
    await closed;
  }

  async #prepare(socket, code) {
    const reply = await this.#send(socket, 'runtime.prepare', { code });
    const script = reply?.value?.script;
    if (script !== undefined) this.#scripts.set(code, script);
    return script;
  }

  #send(socket, method, payload, call) {
    this.#next += 1;
    const id = this.#next;
    if (call !== undefined) call.id = id;
    return new Promise((settle) => {
      this.#pending.set(id, { socket, call, settle, chunks: 0 });
      socket.send(JSON.stringify({ type: 'req', id, method, payload }));
    });
  }

  #cancelLater(socket, call) {
    call.cancelled = true;
    this.ledger.cancels.sent += 1;
    setTimeout(() => void this.#cancel(socket, call), this.random.below(30));
  }

  async #cancel(socket, call) {
    if (socket.readyState !== WebSocket.OPEN) return;
    const reply = await this.#send(socket, 'runtime.cancel', { id: call.id });
    if (reply?.value?.cancelled === true) this.ledger.cancels.hit += 1;
  }

  #leave() {
    const socket = this.#socket;
    this.#socket = undefined;
    // Another call of these has left before.
    if (socket === undefined) return;
    this.ledger.disconnects += 1;
    if (this.random.chance(0.3)) socket.close(1000);
    else setTimeout(() => socket.terminate(), this.random.below(5));
  }

  async #connected() {
    if (this.#socket?.readyState === WebSocket.OPEN) return this.#socket;
    this.#opening ??= this.#open();
    this.#socket = await this.#opening;
    this.#opening = undefined;
    return this.#socket;
  }

  async #open() {
    for (;;) {
      const headers = { 'x-runtime-secret': this.tenants.secretOf(this.tenant) };
      const socket = new WebSocket(this.gateway.url, { headers, perMessageDeflate: false });
      socket.on('message', (data) => this.#take(socket, data));
      socket.on('close', () => this.#gone(socket));
      const error = await new Promise((resolve) => {
        socket.once('open', () => resolve(undefined));
        socket.on('error', resolve);
      });
      if (error === undefined) {
        socket.send('SIMPLEX/1.0;json');
        this.#callsLeft = 20 + this.random.below(600);
        return socket;
      }
      // While the tenant's secret changes.
      if (!/401/.test(error.message)) this.ledger.violate(`a connection was refused: ${error.message}`);
      if (!this.gateway.isAlive) throw error;
      await sleep(RETRY_MS);
    }
  }

  #take(socket, data) {
    const text = data.toString();
    if (text === '+OK') return undefined;
    const { type, id, method, payload, error, more } = JSON.parse(text);
    if (type === 'req') return this.#serve(socket, id, method, payload);
    const pending = this.#pending.get(id);
    if (pending === undefined) {
      return this.ledger.violate(`a reply to an answered request: ${text.slice(0, 300)}`);
    }
    if (more === true) return (pending.chunks += 1);
    this.#pending.delete(id);
    const reply =
      error === undefined
        ? pending.call === undefined
          ? { value: payload }
          : { ...payload, chunks: pending.chunks }
        : error;
    if (pending.call !== undefined) this.ledger.answered(pending.call, reply);
    return pending.settle(reply);
  }

  #serve(socket, id, method, args) {
    if (method === 'double') socket.send(JSON.stringify({ type: 'rep', id, payload: 2 * args[0] }));
    if (method === 'refuse') {
      socket.send(JSON.stringify({ type: 'rep', id, error: { code: 404, message: 'no' } }));
    }
  }

  #gone(socket) {
    for (const [id, pending] of this.#pending) {
      if (pending.socket !== socket) continue;
      this.#pending.delete(id);
      if (pending.call !== undefined) this.ledger.lost(pending.call);
      pending.settle(undefined);
    }
  }
}
