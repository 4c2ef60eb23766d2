import type { FastifyRequest } from 'fastify';
import type { Visit } from './visit.js';

/** A request with a script carries its visit once it was admitted. */
export type Visited = FastifyRequest & { visit?: Visit };
