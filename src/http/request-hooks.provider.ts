import type { IncomingHttpHeaders } from 'node:http';
import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyReply } from 'fastify';
import { Authenticator, SECRET_HEADER } from '../auth/index.js';
import { MemoryBudget } from '../memory-budget/index.js';
import { errorOf, PROTOCOL_ERRORS } from '../protocol/errors.js';
import { RUNTIME_ERRORS } from '../runtime/errors.js';
import { HttpError } from './errors.js';
import { HttpAdapter } from './http.adapter.js';
import { HTTP_OPTIONS, type HttpOptions } from './http.options.js';
import { InFlightRequests, RequestContext, type RequestWithContext } from './in-flight.js';
import { mediaTypeProblem } from './media-type.js';
import { routeNotFound, takesScripts } from './routes.js';

/**
 * Fastify hooks that admit or refuse a request by its head. Only the body of an admitted script request is read. A
 * request is refused while the service shuts down, without authentication, and with a `Content-Type` that a cross-site
 * page could send without a CORS preflight (a form, plain text).
 */
@Injectable()
export class RequestHooks implements OnModuleInit, OnModuleDestroy {
  readonly #inFlight: InFlightRequests;

  constructor(
    private readonly host: HttpAdapterHost,
    private readonly authenticator: Authenticator,
    private readonly memory: MemoryBudget,
    @Inject(HTTP_OPTIONS) options: HttpOptions,
  ) {
    this.#inFlight = new InFlightRequests(options.shutdownGraceMs);
  }

  onModuleInit(): void {
    const adapter = this.host.httpAdapter;
    if (!(adapter instanceof HttpAdapter)) {
      throw new Error(
        'HttpModule requires the HttpAdapter: pass `new HttpAdapter(...)` to NestFactory.create',
      );
    }
    const fastify = adapter.getInstance();
    fastify.addHook('onRequest', async (request, reply) => {
      const hostProblem = this.authenticator.hostProblem(request.raw);
      if (hostProblem !== undefined) throw new HttpError(403, hostProblem);
      if (request.is404) throw routeNotFound(request);
      if (takesScripts(request.routeOptions.url)) await this.#admit(request, reply, adapter.maxBodyBytes);
    });
    // The last hook before the body flows. It must be synchronous: otherwise chunks could arrive before the parser
    // listens.
    fastify.addHook('preParsing', (request: RequestWithContext, _reply, payload, done) => {
      this.#reserveChunks(request);
      done(null, payload);
    });
    fastify.addHook('onSend', async (request: RequestWithContext, reply) => {
      if (request.requestContext !== undefined && this.#inFlight.stopping)
        reply.header('connection', 'close');
    });
    adapter.waitBeforeClose(() => this.#inFlight.drained());
  }

  /** Nest calls this hook first when the application closes. */
  onModuleDestroy(): void {
    this.#inFlight.stop();
  }

  async #admit(request: RequestWithContext, reply: FastifyReply, maxBodyBytes: number): Promise<void> {
    if (this.#inFlight.stopping) this.#refuseStopping(reply);
    const auth = await this.authenticator.authenticate(request.raw);
    if (auth.kind === 'refused') {
      // A 401 response must name the authentication scheme (RFC 9110).
      const challenge = { 'www-authenticate': `Secret header="${SECRET_HEADER}"` };
      throw new HttpError(auth.status, auth.reason, auth.status === 401 ? challenge : {});
    }
    const problem = mediaTypeProblem(request.headers);
    if (problem !== undefined) throw new HttpError(415, problem, { 'accept-post': 'application/json' });
    if (Number(request.headers['content-length']) > maxBodyBytes) {
      throw new HttpError(413, 'Request body is too large.');
    }
    // Shutdown may have started during authentication.
    if (this.#inFlight.stopping) this.#refuseStopping(reply);
    const context = new RequestContext(auth.identity, traceContextOf(request.headers), this.memory);
    this.#reserveContentLength(context, request);
    request.requestContext = context;
    this.#inFlight.add(context, reply.raw, request.raw.socket);
    // HTTP/1.0 has no `Expect: 100-continue`.
    if (request.headers.expect !== undefined && request.raw.httpVersion === '1.1') reply.raw.writeContinue();
  }

  /** Reserves the announced length of the body at once. */
  #reserveContentLength(context: RequestContext, { headers }: RequestWithContext): void {
    if (headers['transfer-encoding'] !== undefined) return;
    const contentLength = Number(headers['content-length']);
    if (!context.reserveBody(contentLength || 0)) throw errorOf(RUNTIME_ERRORS.busy, { limit: 'memory' });
  }

  /** Reserves the chunks of a chunked body as they arrive. */
  #reserveChunks({ requestContext, headers, raw }: RequestWithContext): void {
    if (requestContext === undefined || headers['transfer-encoding'] === undefined) return;
    raw.on('data', (chunk: Buffer) => {
      if (!requestContext.reserveBody(chunk.length)) raw.destroy();
    });
  }

  #refuseStopping(reply: FastifyReply): never {
    reply.header('connection', 'close');
    throw errorOf(PROTOCOL_ERRORS.shuttingDown);
  }
}

/** The W3C trace context of a request as JSON text, in the form of a Duplex request's `ext`. */
function traceContextOf({ traceparent, tracestate }: IncomingHttpHeaders): string | undefined {
  if (typeof traceparent !== 'string') return undefined;
  return JSON.stringify({ traceparent, tracestate });
}
