import type { FastifyReply, FastifyRequest } from 'fastify';
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
  const body = Buffer.from(JSON.stringify(value));
  void reply.code(200).type('application/json').send(body);
  visit.settle(undefined, body.length);
}
