import type { GuardedHost } from './kit/guard.js';
import type { Realm } from '../boundary/realm-host.js';
import {
  Error,
  Promise,
  create,
  defineGlobal,
  defineProperty,
  deleteProperty,
  get,
  hasOwn,
  named,
  parse,
  stringify,
} from './kit/primordials.js';

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

export type HostFunctions = Pick<Realm, 'hostSettled'> & {
  /**
   * Puts a function for each dotted name in this JSON of a list on the global `host`; without one there is no `host`. Functions
   * of an earlier call work while their name is offered, and what they still wait for never comes.
   */
  offer(names: string | undefined): void;
};

/** `await host.db.find(x)`: functions that whoever sent the script serves. Arguments and values are copied as JSON. */
export function hostFunctions(host: GuardedHost): HostFunctions {
  let waiting = create(null) as Record<number, Waiting>;
  let offered = create(null) as Record<string, boolean>;
  let root: object | undefined;
  let tickets = 0;

  function functionOf(name: string): (...args: unknown[]) => unknown {
    return (...args) =>
      new Promise((resolve, reject) => {
        if (!(name in offered)) throw new Error(`${name} is not offered to this call`);
        const json = jsonOf(args);
        tickets += 1;
        waiting[tickets] = { resolve, reject };
        host('called')(tickets, name, json);
      });
  }

  return {
    offer(json) {
      waiting = create(null) as Record<number, Waiting>;
      offered = create(null) as Record<string, boolean>;
      if (root !== undefined && get(globalThis, 'host') === root) deleteProperty(globalThis, 'host');
      root = undefined;
      if (json === undefined) return;
      root = {};
      const names = parse(json) as string[];
      for (let i = 0; i < names.length; i++) {
        const name = names[i] as string;
        offered[name] = true;
        place(root, name, functionOf(name));
      }
      defineGlobal('host', root);
    },
    hostSettled(json) {
      const settled = parse(json) as { ticket: number; value?: unknown; error?: Fault };
      const waiter = waiting[settled.ticket];
      if (waiter === undefined) return;
      delete waiting[settled.ticket];
      if (hasOwn(settled, 'error')) waiter.reject(errorOf(settled.error as Fault));
      else waiter.resolve(settled.value);
    },
  };
}

/** One by one: a `toJSON` of the script's on arrays must not make something else of all of them. */
function jsonOf(args: readonly unknown[]): string {
  let json = '';
  for (let i = 0; i < args.length; i++) {
    const part = stringify(args[i]) as string | undefined;
    json += `${i === 0 ? '' : ','}${typeof part === 'string' ? part : 'null'}`;
  }
  return `[${json}]`;
}

/** Without `split`, which a script may have changed: it looks for methods on `String.prototype`. */
function place(root: object, path: string, callee: object): void {
  let at = root;
  let name = '';
  for (let i = 0; i < path.length; i++) {
    if (path[i] !== '.') {
      name += path[i];
      continue;
    }
    if (!hasOwn(at, name)) define(at, name, {});
    at = (at as Record<string, object>)[name] as object;
    name = '';
  }
  define(at, name, named(name, callee));
}

function define(on: object, name: string, value: unknown): void {
  defineProperty(on, name, {
    __proto__: null,
    value,
    writable: true,
    configurable: true,
    enumerable: true,
  } as PropertyDescriptor);
}

interface Fault {
  readonly code?: number;
  readonly message: string;
  readonly data?: unknown;
}

function errorOf(fault: Fault): Error {
  const error = new Error(fault.message);
  define(error, 'name', 'HostError');
  if (hasOwn(fault, 'code')) define(error, 'code', fault.code);
  if (hasOwn(fault, 'data')) define(error, 'data', fault.data);
  return error;
}
