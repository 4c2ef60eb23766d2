import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';
import { HttpRefusal } from './errors.js';
import { PROBLEM_TYPE, problemOf } from './problem.js';
import type { Visited } from './visited.js';

export interface HttpAdapterOptions {
  /** Longest body taken; a longer one is answered 413. */
  readonly maxBodyBytes: number;
}

/** Longest time that a request may take to come in whole. */
const REQUEST_MS = 60_000;

/** The platform below HTTP and the handshakes of WebSockets: limits, JSON as the wire reads it, and a patient end. */
export class HttpAdapter extends FastifyAdapter {
  #drained: (() => Promise<void>) | undefined;

  constructor({ maxBodyBytes }: HttpAdapterOptions) {
    super({
      bodyLimit: maxBodyBytes,
      requestTimeout: REQUEST_MS,
      frameworkErrors: (_error: unknown, _request: unknown, reply: FastifyReply) => {
        const refusal = new HttpRefusal(400, 'The path is not one.');
        void reply
          .code(refusal.status)
          .type(PROBLEM_TYPE)
          .send(JSON.stringify(problemOf(refusal)));
      },
    });
    // Fastify's own would refuse `__proto__` and `constructor` as keys, which are data here.
    this.useBodyParser('application/json', false, {}, async (request: Visited, body: Buffer) => {
      if (request.visit !== undefined) request.visit.requestBytes = body.length;
      return jsonOf(body);
    });
  }

  /** Awaited after WebSockets were closed, and before any other connection is. */
  drainBy(drained: () => Promise<void>): void {
    this.#drained = drained;
  }

  override async close(): Promise<void> {
    await this.#drained?.();
    await super.close();
  }
}

/** @throws HttpRefusal */
function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    // Without the parser's words, which repeat the text.
    throw new HttpRefusal(400, 'The body is not JSON in UTF-8.');
  }
}
