import { type ArgumentsHost, Catch, HttpException, Logger, NotFoundException } from '@nestjs/common';
import { BaseExceptionFilter } from '@nestjs/core';
import type { FastifyReply } from 'fastify';
import { describeFault, DuplexError } from '../protocol/index.js';
import { ExecutionFeed, retryAfterMsOf, type RecordedMethod } from '../runtime/index.js';
import { HttpError, isHttpErrorStatus } from './errors.js';
import type { RequestWithContext } from './in-flight.js';
import { PROBLEM_MEDIA_TYPE, problemOf } from './problem.js';
import { sendBody } from './reply.js';
import { PREPARE_PATH, routeNotFound, takesScripts } from './routes.js';

/** Minimum of `Retry-After`, in seconds. */
const MIN_RETRY_SECONDS = 1;
const RETRYABLE_STATUSES: ReadonlySet<number> = new Set([429, 503]);

/** Sends errors of this feature's routes, and of unknown routes, as problem details. */
@Catch()
export class ProblemFilter extends BaseExceptionFilter {
  readonly #logger = new Logger(ProblemFilter.name);

  constructor(private readonly feed: ExecutionFeed) {
    super();
  }

  override catch(exception: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<RequestWithContext>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const isOurs = request.is404 || takesScripts(request.routeOptions.url) || exception instanceof HttpError;
    if (!isOurs) {
      // oxlint-disable-next-line promise/valid-params -- method of the filter, not of a promise
      return super.catch(exception, host);
    }
    const error = httpErrorOf(exception, request);
    if (!(error instanceof HttpError || error instanceof DuplexError)) {
      this.#logger.error(`${request.method} ${request.routeOptions.url}: ${describeFault(error)}`);
    }
    const { requestContext: context } = request;
    if (context !== undefined) this.feed.refuse(methodOf(request), context.identity.tenant, context);
    const problem = problemOf(error);
    const body = Buffer.from(JSON.stringify(problem));
    if (error instanceof HttpError) reply.headers(error.headers);
    if (RETRYABLE_STATUSES.has(problem.status)) {
      const seconds = Math.ceil((retryAfterMsOf(error) ?? 0) / 1000);
      reply.header('retry-after', Math.max(seconds, MIN_RETRY_SECONDS));
    }
    sendBody(reply.code(problem.status).type(PROBLEM_MEDIA_TYPE), body, context);
    context?.settle(problem.code, body.length);
  }
}

/** The WebSocket method that corresponds to the route. */
function methodOf({ routeOptions }: RequestWithContext): RecordedMethod {
  return routeOptions.url === PREPARE_PATH ? 'runtime.prepare' : 'runtime.execute';
}

/** Converts errors of Nest and Fastify. Other errors are returned unchanged. */
function httpErrorOf(exception: unknown, request: RequestWithContext): unknown {
  // The client disconnected during its body. This is not an error of the service, and nobody receives the response.
  if (exception === request.raw.errored) return new HttpError(400, 'The request body is incomplete.');
  if (!(exception instanceof HttpException)) return exception;
  if (exception.cause instanceof HttpError) return exception.cause;
  if (exception instanceof NotFoundException) return routeNotFound(request);
  const status = exception.getStatus();
  return isHttpErrorStatus(status) ? new HttpError(status, `${exception.message}.`) : exception;
}
