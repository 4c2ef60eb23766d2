import { createServer, type RequestListener, type Server } from 'node:http';
import { ParseScheduler } from './parse-scheduler.js';
import { RequestScheduler } from './request-scheduler.js';
import { StalledResponses } from './stalled-responses.js';
import { limitUnreadBody } from './unread-body.js';

export interface HttpServerLimits {
  /** Bytes of an unread request body that are discarded before the connection is closed. */
  readonly maxBodyBytes: number;
  /** Milliseconds after which a response is dropped if the client reads nothing of it. */
  readonly drainTimeoutMs: number;
}

/** Timeouts of Node's HTTP server, in milliseconds. */
const TIMEOUTS = {
  /** From the connection, or the previous request, to the last byte of the head. */
  headersTimeout: 15_000,
  /** To the last byte of the body. */
  requestTimeout: 60_000,
  /** How often both are checked. */
  connectionsCheckingInterval: 2_000,
  /** Longer than the 60 s of common load balancers, which must close idle connections first. */
  keepAliveTimeout: 72_000,
};

/**
 * Creates an HTTP server on which no client can starve the others. Connections are parsed and handled round-robin. A
 * connection is closed if its request body is not wanted, or if its responses are not read.
 *
 * The handler must send `100 Continue` itself, once it wants the body.
 */
export function createHttpServer(handle: RequestListener, limits: HttpServerLimits): Server {
  const stalledResponses = new StalledResponses(limits.drainTimeoutMs);
  const requests = new RequestScheduler((request, response) => {
    stalledResponses.watch(response, request.socket);
    limitUnreadBody(request, response, limits.maxBodyBytes);
    handle(request, response);
  });
  const onRequest: RequestListener = (request, response) => requests.add(request, response);
  const server = createServer(TIMEOUTS, onRequest);
  new ParseScheduler((socket) => requests.isInBody(socket)).attach(server);
  server.on('checkContinue', onRequest);
  server.on('checkExpectation', (request, response) => {
    limitUnreadBody(request, response, limits.maxBodyBytes);
    response.writeHead(417).end();
  });
  server.on('close', () => stalledResponses.stop());
  return server;
}
