import { invalidScript } from './errors.js';
import { idOf } from './payload-fields.js';

/**
 * The id in the payload of `runtime.cancel`.
 * @throws DuplexError 1100 if there is none
 */
export function cancelledIdOf(payload: unknown): number | string {
  const id = idOf(payload);
  if (typeof id === 'number' || typeof id === 'string') return id;
  throw invalidScript([{ field: 'id', problem: 'must be the id of a request on this connection' }]);
}
