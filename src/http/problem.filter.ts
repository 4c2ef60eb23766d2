import { type ArgumentsHost, Catch, HttpException, Logger, NotFoundException } from '@nestjs/common';
import { BaseExceptionFilter } from '@nestjs/core';
import type { FastifyReply } from 'fastify';
import { describeFault, DuplexError } from '../protocol/index.js';
import { ExecutionFeed, retryAfterMsOf, type RecordedMethod } from '../runtime/index.js';
import { HttpRefusal, isRefusalStatus } from './errors.js';
import { notHere } from './not-here.js';
import { PREPARE_PATH, takesScripts } from './paths.js';
import { PROBLEM_TYPE, problemOf } from './problem.js';
import { send, type Visited } from './visited.js';

/** Seconds after which who was told 503 may come again. */
const RETRY_SECONDS = 1;
const AGAIN: ReadonlySet<number> = new Set([429, 503]);

/** Answers what went wrong at the paths of this feature, and at paths that nobody has, with problem details. */
@Catch()
export class ProblemFilter extends BaseExceptionFilter {
  readonly #logger = new Logger(ProblemFilter.name);

  constructor(private readonly feed: ExecutionFeed) {
    super();
  }

  override catch(exception: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Visited>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const isOurs =
      request.is404 || takesScripts(request.routeOptions.url) || exception instanceof HttpRefusal;
    if (!isOurs) {
      // oxlint-disable-next-line promise/valid-params -- a filter's, and no promise's
      return super.catch(exception, host);
    }
    const error = refusalOf(exception, request);
    if (!(error instanceof HttpRefusal || error instanceof DuplexError)) {
      this.#logger.error(`${request.method} ${request.routeOptions.url}: ${describeFault(error)}`);
    }
    const { visit } = request;
    if (visit !== undefined) this.feed.refuse(methodOf(request), visit.identity.tenant, visit);
    const problem = problemOf(error);
    const body = Buffer.from(JSON.stringify(problem));
    if (error instanceof HttpRefusal) reply.headers(error.headers);
    if (AGAIN.has(problem.status)) {
      const seconds = Math.ceil((retryAfterMsOf(error) ?? 0) / 1000);
      reply.header('retry-after', Math.max(seconds, RETRY_SECONDS));
    }
    send(reply.code(problem.status).type(PROBLEM_TYPE), body, visit);
    visit?.settle(problem.code, body.length);
  }
}

/** What the path is over WebSocket. */
function methodOf({ routeOptions }: Visited): RecordedMethod {
  return routeOptions.url === PREPARE_PATH ? 'runtime.prepare' : 'runtime.execute';
}

/** Nest's and Fastify's own refusals in our words; the rest as it is. */
function refusalOf(exception: unknown, request: Visited): unknown {
  // The client left before its body was whole: no fault of ours, and nobody hears the answer.
  if (exception === request.raw.errored) return new HttpRefusal(400, 'The body did not come whole.');
  if (!(exception instanceof HttpException)) return exception;
  if (exception.cause instanceof HttpRefusal) return exception.cause;
  if (exception instanceof NotFoundException) return notHere(request);
  const status = exception.getStatus();
  return isRefusalStatus(status) ? new HttpRefusal(status, `${exception.message}.`) : exception;
}
