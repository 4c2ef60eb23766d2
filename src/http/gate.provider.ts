import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyReply } from 'fastify';
import { Door, SECRET_HEADER } from '../auth/index.js';
import { MemoryBudget } from '../memory-budget/index.js';
import { errorOf, PROTOCOL_ERRORS } from '../protocol/errors.js';
import { RUNTIME_ERRORS } from '../runtime/errors.js';
import { HttpRefusal } from './errors.js';
import { HttpAdapter } from './http.adapter.js';
import { HTTP_OPTIONS, type HttpOptions } from './http.options.js';
import { mediaTypeProblem } from './media-type.js';
import { notHere } from './not-here.js';
import { takesScripts } from './paths.js';
import { traceOf } from './trace-context.js';
import { Traffic } from './traffic.js';
import { Visit } from './visit.js';
import type { Visited } from './visited.js';

/**
 * Where a request comes in, before anything of its body is read. A body is read only of a script: not while the service
 * stops, not past the door, and not as what a page of another site can send without asking (a form, plain text).
 * Everything else is answered from its head.
 */
@Injectable()
export class Gate implements OnModuleInit, OnModuleDestroy {
  readonly #traffic: Traffic;

  constructor(
    private readonly host: HttpAdapterHost,
    private readonly door: Door,
    private readonly memory: MemoryBudget,
    @Inject(HTTP_OPTIONS) options: HttpOptions,
  ) {
    this.#traffic = new Traffic(options.shutdownGraceMs);
  }

  onModuleInit(): void {
    const adapter = this.host.httpAdapter;
    if (!(adapter instanceof HttpAdapter)) throw new Error('the application needs the HttpAdapter');
    const fastify = adapter.getInstance();
    fastify.addHook('onRequest', async (request, reply) => {
      const foreign = this.door.hostProblem(request.raw);
      if (foreign !== undefined) throw new HttpRefusal(403, foreign);
      if (request.is404) throw notHere(request);
      if (takesScripts(request.routeOptions.url)) await this.#admit(request, reply, adapter.maxBodyBytes);
    });
    // The last moment before the body flows: without `async`, none of it comes before the parser listens.
    fastify.addHook('preParsing', (request: Visited, _reply, payload, done) => {
      this.#payChunks(request);
      done(null, payload);
    });
    fastify.addHook('onSend', async (request: Visited, reply) => {
      if (request.visit !== undefined && this.#traffic.stopping) reply.header('connection', 'close');
    });
    adapter.drainBy(() => this.#traffic.drained());
  }

  /** The first that Nest calls of an application that closes. */
  onModuleDestroy(): void {
    this.#traffic.stop();
  }

  async #admit(request: Visited, reply: FastifyReply, maxBodyBytes: number): Promise<void> {
    if (this.#traffic.stopping) this.#refuseStopping(reply);
    const answer = await this.door.admit(request.raw);
    if (answer.kind === 'refused') {
      // A 401 has to name what is asked for (RFC 9110).
      const challenge = { 'www-authenticate': `Secret header="${SECRET_HEADER}"` };
      throw new HttpRefusal(answer.status, answer.reason, answer.status === 401 ? challenge : {});
    }
    const problem = mediaTypeProblem(request.headers);
    if (problem !== undefined) throw new HttpRefusal(415, problem, { 'accept-post': 'application/json' });
    if (Number(request.headers['content-length']) > maxBodyBytes) {
      throw new HttpRefusal(413, 'Request body is too large.');
    }
    // The door may have taken its time.
    if (this.#traffic.stopping) this.#refuseStopping(reply);
    const visit = new Visit(answer.identity, traceOf(request.headers), this.memory);
    this.#takeBody(visit, request);
    request.visit = visit;
    this.#traffic.enter(request.visit, reply.raw, request.raw.socket);
    // HTTP/1.0 has no such thing.
    if (request.headers.expect !== undefined && request.raw.httpVersion === '1.1') reply.raw.writeContinue();
  }

  /** What is announced is taken at once. */
  #takeBody(visit: Visit, { headers }: Visited): void {
    if (headers['transfer-encoding'] !== undefined) return;
    const announced = Number(headers['content-length']);
    if (!visit.takeBody(announced || 0)) throw errorOf(RUNTIME_ERRORS.busy, { limit: 'memory' });
  }

  /** What comes in chunks is taken as it comes. */
  #payChunks({ visit, headers, raw }: Visited): void {
    if (visit === undefined || headers['transfer-encoding'] === undefined) return;
    raw.on('data', (chunk: Buffer) => {
      if (!visit.takeBody(chunk.length)) raw.destroy();
    });
  }

  #refuseStopping(reply: FastifyReply): never {
    reply.header('connection', 'close');
    throw errorOf(PROTOCOL_ERRORS.shuttingDown);
  }
}
