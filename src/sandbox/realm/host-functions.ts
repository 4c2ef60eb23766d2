import type { GuardedHost } from './kit/guard.js';
import type { HostFault, Realm, Settled } from '../boundary/realm-host.js';
import { define, named } from './kit/define.js';
import {
  Error,
  Promise,
  create,
  defineGlobal,
  deleteProperty,
  get,
  hasOwn,
  parse,
  stringify,
} from './kit/primordials.js';

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

export type HostFunctions = Pick<Realm, 'hostSettled'> & {
  /**
   * Defines the global `host` with a function for each dotted name in this JSON list; with `undefined` there is no `host`. A
   * function of an earlier call works while its name is offered; its open calls never settle.
   */
  offer(names: string | undefined): void;
};

/** `await host.db.find(x)`: functions that the client serves. Arguments and results are copied as JSON. */
export function hostFunctions(host: GuardedHost): HostFunctions {
  let waiting = create(null) as Record<number, Waiting>;
  let offered = create(null) as Record<string, boolean>;
  let root: object | undefined;
  let tickets = 0;

  function functionOf(name: string): (...args: unknown[]) => unknown {
    return (...args) =>
      new Promise((resolve, reject) => {
        if (!(name in offered)) throw new Error(`${name} is not available in this call`);
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
      const settled = parse(json) as Settled;
      const waiter = waiting[settled.ticket];
      if (waiter === undefined) return;
      delete waiting[settled.ticket];
      if (hasOwn(settled, 'error')) waiter.reject(errorOf((settled as { readonly error: HostFault }).error));
      else waiter.resolve((settled as { readonly value?: unknown }).value);
    },
  };
}

/** One by one: a script's `Array.prototype.toJSON` must not replace the whole list. */
function jsonOf(args: readonly unknown[]): string {
  let json = '';
  for (let i = 0; i < args.length; i++) {
    const part = stringify(args[i]) as string | undefined;
    json += `${i === 0 ? '' : ','}${typeof part === 'string' ? part : 'null'}`;
  }
  return `[${json}]`;
}

/** Without `split`, which looks up methods on `String.prototype` that a script may have changed. */
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

function errorOf(fault: HostFault): Error {
  const error = new Error(fault.message);
  define(error, 'name', 'HostError');
  if (hasOwn(fault, 'code')) define(error, 'code', fault.code);
  if (hasOwn(fault, 'data')) define(error, 'data', fault.data);
  return error;
}
