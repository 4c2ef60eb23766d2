import type { Host, Realm } from './host.js';
import {
  Error,
  Promise,
  apply,
  create,
  defineGlobal,
  defineProperty,
  hasOwn,
  named,
  parse,
  split,
  stringify,
} from './primordials.js';

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

export type HostFunctions = Pick<Realm, 'hostSettled'> & {
  /** Puts a function for each dotted name on the global `host`. */
  install(names: readonly string[]): void;
};

/** `await host.db.find(x)`: functions that whoever sent the script serves. Arguments and values are copied as JSON. */
export function hostFunctions(host: Host): HostFunctions {
  const waiting = create(null) as Record<number, Waiting>;
  let tickets = 0;

  function functionOf(name: string): (...args: unknown[]) => unknown {
    return (...args) =>
      new Promise((resolve, reject) => {
        const json = jsonOf(args);
        tickets += 1;
        waiting[tickets] = { resolve, reject };
        host.called(tickets, name, json);
      });
  }

  return {
    install(names) {
      const root = {};
      for (let i = 0; i < names.length; i++) place(root, names[i] as string, functionOf(names[i] as string));
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

function place(root: object, path: string, callee: object): void {
  const names = apply(split, path, ['.'] as never);
  let at = root;
  for (let i = 0; i < names.length - 1; i++) {
    const name = names[i] as string;
    if (!hasOwn(at, name)) define(at, name, {});
    at = (at as Record<string, object>)[name] as object;
  }
  const last = names[names.length - 1] as string;
  define(at, last, named(last, callee));
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
