import { isUtf8 } from 'node:buffer';
import type { RequestListener } from 'node:http';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';
import { DIRECT_BYTES, type JsonText, scanInTurns, scanJson } from '../json-text/index.js';
import { DEFAULT_PROTOCOL_OPTIONS } from '../protocol/index.js';
import { HttpRefusal } from './errors.js';
import { createHttpServer } from './http-server.js';
import { takesScripts } from './paths.js';
import { PROBLEM_TYPE, problemOf } from './problem.js';
import { type Visited, visitOf } from './visited.js';

export interface HttpAdapterOptions {
  /** Longest body taken; a longer one is answered 413. */
  readonly maxBodyBytes: number;
  /** Milliseconds after which an answer is dropped when its client takes nothing of it. Default: 30 000. */
  readonly drainTimeoutMs?: number;
}

/** The platform below HTTP and the handshakes of WebSockets: limits, JSON as the wire reads it, and a patient end. */
export class HttpAdapter extends FastifyAdapter {
  readonly maxBodyBytes: number;
  #drained: (() => Promise<void>) | undefined;

  constructor({
    maxBodyBytes,
    drainTimeoutMs = DEFAULT_PROTOCOL_OPTIONS.drainTimeoutMs,
  }: HttpAdapterOptions) {
    super({
      bodyLimit: maxBodyBytes,
      serverFactory: (handle: RequestListener) => createHttpServer(handle, { maxBodyBytes, drainTimeoutMs }),
      frameworkErrors: (_error: unknown, _request: unknown, reply: FastifyReply) => {
        const refusal = new HttpRefusal(400, 'The path is not one.');
        void reply
          .code(refusal.status)
          .type(PROBLEM_TYPE)
          .send(JSON.stringify(problemOf(refusal)));
      },
    });
    this.maxBodyBytes = maxBodyBytes;
    // Those of scripts come here behind the `Gate` only. Fastify's own parser would refuse `__proto__` and `constructor` as keys,
    // which are data here; what an application's own routes take is for that one.
    const parse = this.getInstance().getDefaultJsonParser('error', 'error');
    this.useBodyParser('application/json', false, {}, (request: Visited, body: Buffer) =>
      takesScripts(request.routeOptions.url)
        ? readScript(request, body)
        : new Promise((resolve, reject) => {
            void parse(request, body.toString(), (error, value) => (error ? reject(error) : resolve(value)));
          }),
    );
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

async function readScript(request: Visited, body: Buffer): Promise<JsonText> {
  const visit = visitOf(request);
  visit.requestBytes = body.length;
  const text = await jsonOf(body, visit.identity.tenant);
  // From here on the use case pays for it.
  visit.releaseBody();
  return text;
}

/**
 * The body as it came: what is large is checked a piece at a time, and never parsed here.
 * @param account whose turns that takes
 * @throws HttpRefusal
 */
async function jsonOf(body: Buffer, account: string): Promise<JsonText> {
  const isShort = body.length <= DIRECT_BYTES;
  const text = isUtf8(body) ? (isShort ? scanJson(body) : await scanInTurns(body, account)) : undefined;
  if (text !== undefined) return text;
  // Without the parser's words, which repeat the text.
  throw new HttpRefusal(400, 'The body is not JSON in UTF-8.');
}
