import { isUtf8 } from 'node:buffer';
import type { RequestListener } from 'node:http';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';
import { DIRECT_BYTES, type JsonText, scanInTurns, scanJson } from '../json-text/index.js';
import { DEFAULT_PROTOCOL_OPTIONS } from '../protocol/index.js';
import { HttpError } from './errors.js';
import { createHttpServer } from './http-server.js';
import { contextOf, type RequestWithContext } from './in-flight.js';
import { PROBLEM_MEDIA_TYPE, problemOf } from './problem.js';
import { takesScripts } from './routes.js';

export interface HttpAdapterOptions {
  /** Maximum size of a request body; a longer one is refused with 413. */
  readonly maxBodyBytes: number;
  /** Milliseconds after which a response is dropped if the client reads nothing of it. Default: 30 000. */
  readonly drainTimeoutMs?: number;
}

/** Fastify adapter for HTTP requests and WebSocket upgrades: limits, the JSON body parser and graceful shutdown. */
export class HttpAdapter extends FastifyAdapter {
  readonly maxBodyBytes: number;
  #beforeClose: (() => Promise<void>) | undefined;

  constructor({
    maxBodyBytes,
    drainTimeoutMs = DEFAULT_PROTOCOL_OPTIONS.drainTimeoutMs,
  }: HttpAdapterOptions) {
    super({
      bodyLimit: maxBodyBytes,
      serverFactory: (handle: RequestListener) => createHttpServer(handle, { maxBodyBytes, drainTimeoutMs }),
      frameworkErrors: (_error: unknown, _request: unknown, reply: FastifyReply) => {
        const error = new HttpError(400, 'Malformed URL.');
        void reply
          .code(error.status)
          .type(PROBLEM_MEDIA_TYPE)
          .send(JSON.stringify(problemOf(error)));
      },
    });
    this.maxBodyBytes = maxBodyBytes;
    // A script is parsed only if its request was admitted (`RequestHooks`). Fastify's own parser would refuse the keys
    // `__proto__` and `constructor`, which are valid data; it parses the bodies of an embedding application's routes.
    const parse = this.getInstance().getDefaultJsonParser('error', 'error');
    this.useBodyParser('application/json', false, {}, (request: RequestWithContext, body: Buffer) =>
      takesScripts(request.routeOptions.url)
        ? readScript(request, body)
        : new Promise((resolve, reject) => {
            void parse(request, body.toString(), (error, value) => (error ? reject(error) : resolve(value)));
          }),
    );
  }

  /** Registers a hook that is awaited after the WebSockets are closed, and before the other connections are closed. */
  waitBeforeClose(hook: () => Promise<void>): void {
    this.#beforeClose = hook;
  }

  override async close(): Promise<void> {
    await this.#beforeClose?.();
    await super.close();
  }
}

async function readScript(request: RequestWithContext, body: Buffer): Promise<JsonText> {
  const context = contextOf(request);
  context.requestBytes = body.length;
  const text = await jsonOf(body, context.identity.tenant);
  // From here on `RuntimeService` charges the request to the tenant.
  context.releaseBody();
  return text;
}

/**
 * Validates a JSON body without parsing it. A large body is scanned in turns with those of other tenants.
 * @param account tenant whose turn a slice is charged to
 * @throws HttpError
 */
async function jsonOf(body: Buffer, account: string): Promise<JsonText> {
  const isShort = body.length <= DIRECT_BYTES;
  const text = isUtf8(body) ? (isShort ? scanJson(body) : await scanInTurns(body, account)) : undefined;
  if (text !== undefined) return text;
  // The parser's own message would repeat the body.
  throw new HttpError(400, 'The request body is not valid UTF-8 JSON.');
}
