import type { Handles } from './handles.js';

/** One outcome of a call that was under way. */
export type Settle = (outcome: { readonly value: unknown } | { readonly error: unknown }) => void;

/** One of Node's functions that a context can call. The arguments are data of unknown shape: Node checks them. */
export type Operation =
  | { readonly kind: 'now'; readonly run: (args: readonly unknown[], handles: Handles) => unknown }
  /** `settle` is called once, and never before `start` has returned; not at all where `start` throws. */
  | { readonly kind: 'later'; readonly start: (args: readonly unknown[], settle: Settle) => void };

export type Operations = Readonly<Record<string, Operation>>;

export type AnyFunction = (...args: unknown[]) => unknown;

export function now(run: (args: readonly unknown[], handles: Handles) => unknown): Operation {
  return { kind: 'now', run };
}

/** Each under its name, with a prefix; those that the running Node does not have are left out. */
export function named(
  prefix: string,
  names: readonly string[],
  owner: object,
  make: (call: AnyFunction, name: string) => Operation,
): Operations {
  const found: Record<string, Operation> = {};
  const functions = owner as Readonly<Record<string, unknown>>;
  for (const name of names) {
    const call = functions[name];
    if (typeof call === 'function') found[`${prefix}.${name}`] = make(call as AnyFunction, name);
  }
  return found;
}

/** A function of Node's that gives its result. */
export function direct(call: AnyFunction): Operation {
  return now((args) => call(...args));
}
