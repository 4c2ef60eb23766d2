import type { FastifyRequest } from 'fastify';
import { HttpError } from './errors.js';

export const EXECUTE_PATH = '/v1/execute';
export const PREPARE_PATH = '/v1/prepare';

const METHODS = ['DELETE', 'GET', 'HEAD', 'PATCH', 'POST', 'PUT'] as const;

/**
 * Whether clients send scripts to this route. Such requests are authenticated, and their errors are problem details.
 */
export function takesScripts(path: string | undefined): boolean {
  return path === EXECUTE_PATH || path === PREPARE_PATH;
}

/** 404, or 405 if the path has a route for other methods. */
export function routeNotFound({ server, url }: Pick<FastifyRequest, 'server' | 'url'>): HttpError {
  const path = decoded(url.split('?')[0] ?? '');
  const allowed = METHODS.filter((method) => server.hasRoute({ url: path, method }));
  if (allowed.length === 0) return new HttpError(404, 'Not found.');
  return new HttpError(405, `Method not allowed; expected ${allowed.join(', ')}.`, {
    allow: allowed.join(', '),
  });
}

function decoded(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}
