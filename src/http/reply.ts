import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { bytesOf, jsonParts } from '../json-text/index.js';
import type { RequestContext } from './in-flight.js';

const CHUNK_BYTES = 64 * 1024;

/** Sends a result as JSON. Nest's own serialization is not used, because observers need the length of the response. */
export function sendResult(reply: FastifyReply, context: RequestContext, value: unknown): void {
  const body = bytesOf(jsonParts(value));
  sendBody(reply.code(200).type('application/json'), body, context);
  context.settle(undefined, body.length);
}

/**
 * Sends a body. A long one is sent in chunks, so that the progress of a slow client is visible. If the tenant's share of
 * memory is exhausted, because too many of its responses are not read, the connection is closed instead.
 */
export function sendBody(reply: FastifyReply, body: Buffer, context?: RequestContext): void {
  if (context?.reserveResponse(body.length) === false) return void reply.hijack().request.raw.destroy();
  if (body.length <= CHUNK_BYTES) return void reply.send(body);
  const stream = Readable.from(chunks(body), { objectMode: false });
  void reply.header('content-length', body.length).send(stream);
}

/** Splits a body into chunks. */
export function* chunks(body: Buffer): Iterable<Buffer> {
  for (let start = 0; start < body.length; start += CHUNK_BYTES) {
    yield body.subarray(start, start + CHUNK_BYTES);
  }
}
