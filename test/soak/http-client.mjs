import { Agent, request } from 'node:http';

/** Calls over HTTP for one tenant, on connections that are kept; some are cut off at a random moment. */
export class HttpClient {
  #agent = new Agent({ keepAlive: true });
  #scripts = new Map();

  constructor({ gateway, ledger, tenants, tenant, random }) {
    Object.assign(this, { gateway, ledger, tenants, tenant, random });
  }

  /** Makes one call; settles when it is answered, or cut off. */
  async call(call) {
    call.transport = 'HTTP';
    call.tenant = this.tenant;
    const { payload } = call;
    if (call.prepares !== undefined) {
      payload.script = this.#scripts.get(call.prepares) ?? (await this.#prepare(call.prepares));
      if (payload.script === undefined) return this.ledger.skipped(call.level);
    }
    this.ledger.sent(call);
    const response = await this.#post(
      '/v1/execute',
      payload,
      call.streams === true,
      this.random.chance(0.005),
    );
    if (response === undefined) return this.ledger.lost(call);
    const reply = replyOf(response);
    if (reply === undefined)
      return this.ledger.violate(`an HTTP response without an end to ${call.name}`, response);
    if (reply.code === 1104) this.#scripts.delete(call.prepares);
    return this.ledger.answered(call, reply);
  }

  async close() {
    this.#agent.destroy();
  }

  async #prepare(code) {
    const response = await this.#post('/v1/prepare', { code }, false, false);
    const script = response?.status === 200 ? JSON.parse(response.text).script : undefined;
    if (script !== undefined) this.#scripts.set(code, script);
    return script;
  }

  /** The response, or undefined where there is none because this client has left. */
  #post(path, payload, streams, leaves) {
    return new Promise((resolve) => {
      const body = JSON.stringify(payload);
      const outgoing = request({
        agent: this.#agent,
        host: '127.0.0.1',
        port: this.gateway.port,
        path,
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          'x-runtime-secret': this.tenants.secretOf(this.tenant),
          ...(streams && { accept: 'text/event-stream' }),
        },
      });
      let left = false;
      const failed = (error) => {
        // A kept connection that the service closes at the same moment.
        const isRace = outgoing.reusedSocket && ['ECONNRESET', 'EPIPE'].includes(error.code);
        if (!left && !isRace) this.ledger.violate(`an HTTP request failed: ${error.message}`);
        resolve(undefined);
      };
      outgoing.on('error', failed);
      outgoing.on('response', (incoming) => {
        const chunks = [];
        incoming.on('data', (chunk) => chunks.push(chunk));
        incoming.on('error', failed);
        incoming.on('end', () =>
          resolve({
            status: incoming.statusCode,
            type: incoming.headers['content-type'],
            text: Buffer.concat(chunks).toString(),
          }),
        );
      });
      outgoing.end(body);
      if (!leaves) return;
      setTimeout(() => {
        left = true;
        this.ledger.disconnects += 1;
        outgoing.destroy();
        resolve(undefined);
      }, this.random.below(20));
    });
  }
}

function replyOf({ status, type, text }) {
  if (type?.startsWith('text/event-stream')) return eventReply(text);
  const body = JSON.parse(text);
  return status === 200 ? { ...body, chunks: 0 } : { code: body.code, data: body };
}

/** Undefined where there is not exactly one final event. */
function eventReply(text) {
  const events = text
    .split('\n\n')
    .map((block) => /^event: (\w+)\ndata: (.*)$/s.exec(block))
    .filter((found) => found !== null);
  const finals = events.filter(([, name]) => name === 'result' || name === 'error');
  if (finals.length !== 1 || finals[0] !== events.at(-1)) return undefined;
  const [, name, json] = finals[0];
  const body = JSON.parse(json);
  return name === 'result' ? { ...body, chunks: events.length - 1 } : { code: body.code, data: body };
}
