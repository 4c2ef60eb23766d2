import { createServer, type RequestListener, type Server } from 'node:http';
import { PacedReading } from './paced-reading.js';
import { RequestTurns } from './request-turns.js';
import { UnreadAnswers } from './unread-answers.js';
import { limitUnreadBody } from './unread-body.js';

export interface HttpServerLimits {
  /** Bytes of a body that nobody reads which are discarded before its connection is closed. */
  readonly maxBodyBytes: number;
  /** Milliseconds after which an answer is dropped when its client takes nothing of it. */
  readonly drainTimeoutMs: number;
}

/** Time limits of one request, in milliseconds. */
const TIMES = {
  /** From the connection, or its previous request, to the last byte of the head. */
  headersTimeout: 15_000,
  /** To the last byte of the body. */
  requestTimeout: 60_000,
  /** How often both are looked at. */
  connectionsCheckingInterval: 2_000,
  /** Longer than the 60 s of common load balancers, which must be the first to close. */
  keepAliveTimeout: 72_000,
};

/**
 * A server on which no client costs the others more than its share: requests of one connection are handled in turns,
 * a body that nobody wants ends with its connection, and so does an answer that nobody reads.
 *
 * `100 Continue` is left to the handler, which sends it once it wants the body.
 */
export function createHttpServer(handle: RequestListener, limits: HttpServerLimits): Server {
  const answers = new UnreadAnswers(limits.drainTimeoutMs);
  const turns = new RequestTurns((request, response) => {
    answers.watch(response, request.socket);
    limitUnreadBody(request, response, limits.maxBodyBytes);
    handle(request, response);
  });
  const accept: RequestListener = (request, response) => turns.take(request, response);
  const server = createServer(TIMES, accept);
  new PacedReading((socket) => turns.isInBody(socket)).pace(server);
  server.on('checkContinue', accept);
  server.on('checkExpectation', (request, response) => {
    limitUnreadBody(request, response, limits.maxBodyBytes);
    response.writeHead(417).end();
  });
  server.on('close', () => answers.stop());
  return server;
}
