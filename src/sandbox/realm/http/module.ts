import { inertModule, type Shape } from '../loader/inert.js';
import { lazily } from '../kit/lazily.js';

type Exports = Record<string, unknown>;
type Request = { end(): unknown };

/**
 * `http` or `https`: the names of Node's, clients that work up to the network, and servers that do not start.
 * @param classOf makes one of the classes
 */
export function httpModule(
  name: 'http' | 'https',
  classes: readonly string[],
  classOf: (name: string) => unknown,
): Exports {
  const exports = inertModule(name, JSON.parse(environment.ask('shape', name)) as Shape, require) as Exports;
  for (const key of classes) lazily(exports, key, () => classOf(key));
  lazily(
    exports,
    'globalAgent',
    () => new (exports['Agent'] as new (options: object) => object)({ keepAlive: true }),
  );
  const ClientRequest = () =>
    (require('http') as Exports)['ClientRequest'] as new (...args: unknown[]) => Request;
  const request = (...args: unknown[]) => new (ClientRequest())(`${name}:`, ...args);
  return Object.assign(exports, {
    request,
    get(...args: unknown[]) {
      const made = request(...args);
      made.end();
      return made;
    },
  });
}
