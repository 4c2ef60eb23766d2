import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { bytesOf, jsonParts } from '../json-text/index.js';
import { isLong, slices } from './slices.js';
import type { Visit } from './visit.js';

/** A request with a script carries its visit once it was admitted. */
export type Visited = FastifyRequest & { visit?: Visit };

/** @throws Error for a request that was not admitted */
export function visitOf({ visit }: Pick<Visited, 'visit'>): Visit {
  if (visit === undefined) throw new Error('the request did not come through the gate');
  return visit;
}

/** Answers with JSON. Nest's own way is not taken: the length of the answer is told to observers. */
export function answer(reply: FastifyReply, visit: Visit, value: unknown): void {
  const body = bytesOf(jsonParts(value));
  send(reply.code(200).type('application/json'), body, visit);
  visit.settle(undefined, body.length);
}

/**
 * Sends a body; a long one bit by bit, so that it shows whether the client reads it. Where the tenant has no memory left for it,
 * since too many answers are not read, the connection ends.
 */
export function send(reply: FastifyReply, body: Buffer, visit?: Visit): void {
  if (visit?.holdAnswer(body.length) === false) return void reply.hijack().request.raw.destroy();
  if (!isLong(body)) return void reply.send(body);
  const stream = Readable.from(slices(body), { objectMode: false });
  void reply.header('content-length', body.length).send(stream);
}
