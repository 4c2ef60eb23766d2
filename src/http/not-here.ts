import type { FastifyRequest } from 'fastify';
import { HttpRefusal } from './errors.js';

const METHODS = ['DELETE', 'GET', 'HEAD', 'PATCH', 'POST', 'PUT'] as const;

/** Nothing is at the path, or not for this method. */
export function notHere({ server, url }: Pick<FastifyRequest, 'server' | 'url'>): HttpRefusal {
  const path = decoded(url.split('?')[0] ?? '');
  const allowed = METHODS.filter((method) => server.hasRoute({ url: path, method }));
  if (allowed.length === 0) return new HttpRefusal(404, 'There is nothing at this path.');
  return new HttpRefusal(405, `This path takes ${allowed.join(', ')}.`, { allow: allowed.join(', ') });
}

function decoded(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}
