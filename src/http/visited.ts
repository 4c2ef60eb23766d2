import type { FastifyRequest } from 'fastify';
import type { Visit } from './visit.js';

/** A request of {@link EXECUTE_PATH} carries its visit once it was admitted. */
export type Visited = FastifyRequest & { visit?: Visit };
