import { part } from './parts.js';

/** The key of a method that `util.inspect` asks. */
export const INSPECT: unique symbol = Symbol.for('nodejs.util.inspect.custom');

/** What `util.inspect` passes to an object's own inspection. */
export interface InspectOptions {
  readonly depth?: number | null;
}

/** What Node's own classes show of themselves: their name, and these members. Too deep, the object itself is shown. */
export function inspected(
  self: object,
  name: string,
  members: object,
  depth: number | null,
  options: InspectOptions,
): unknown {
  if (depth !== null && depth < 0) return self;
  const inner = options.depth ?? null;
  return `${name} ${part('inspect').inspect(members, { ...options, depth: inner === null ? null : inner - 1 })}`;
}
