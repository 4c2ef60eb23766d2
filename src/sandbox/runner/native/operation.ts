import type { OperationName } from '../../boundary/node-functions.js';
import type { Handles } from './handles.js';

/** Reports the result of an asynchronous call. */
export type Settle = (outcome: { readonly value: unknown } | { readonly error: unknown }) => void;

/** A function of Node that a context can call. The arguments are data of unknown shape: Node checks them. */
export type Operation =
  | { readonly kind: 'now'; readonly run: (args: readonly unknown[], handles: Handles) => unknown }
  /** `settle` is called once, and never before `start` has returned; not at all where `start` throws. */
  | { readonly kind: 'later'; readonly start: (args: readonly unknown[], settle: Settle) => void };

/** Those that the running Node has. */
export type Operations = Readonly<Partial<Record<OperationName, Operation>>>;

export type AnyFunction = (...args: unknown[]) => unknown;

export function now(run: (args: readonly unknown[], handles: Handles) => unknown): Operation {
  return { kind: 'now', run };
}

/** An operation for each function of an object, under its name with a prefix; a function that Node lacks is left out. */
export function operationsOf<P extends string, N extends string>(
  prefix: P,
  names: readonly N[],
  owner: object,
  make: (call: AnyFunction, name: N) => Operation,
): Readonly<Partial<Record<`${P}.${N}`, Operation>>> {
  const found: Partial<Record<`${P}.${N}`, Operation>> = {};
  const functions = owner as Readonly<Record<string, unknown>>;
  for (const name of names) {
    const call = functions[name];
    if (typeof call === 'function') found[`${prefix}.${name}`] = make(call as AnyFunction, name);
  }
  return found;
}

/** A function of Node that returns its result. */
export function direct(call: AnyFunction): Operation {
  return now((args) => call(...args));
}
