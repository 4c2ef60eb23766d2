import { type Shape, stubModule } from '../loader/stub-module.js';
import { lazily } from '../kit/lazily.js';
import { part } from '../kit/parts.js';

type Exports = Record<string, unknown>;

/**
 * Creates `http` or `https`: it has Node's names, clients that send requests through the gateway, and servers that do not start.
 * @param classOf creates one of the classes
 */
export function httpModule(
  name: 'http' | 'https',
  classes: readonly string[],
  classOf: (name: string) => unknown,
): Exports {
  const exports = stubModule(name, JSON.parse(environment.ask('shape', name)) as Shape, require) as Exports;
  lazily(exports, classes, classOf);
  lazily(
    exports,
    ['globalAgent'],
    () => new (exports['Agent'] as new (options: object) => object)({ keepAlive: true }),
  );
  const request = (...args: unknown[]) => new (part('http').ClientRequest)(`${name}:`, ...args);
  return Object.assign(exports, {
    request,
    get(...args: unknown[]) {
      const made = request(...args);
      made.end();
      return made;
    },
  });
}
