import { accessDenied } from '../../boundary/module-errors.js';
import type { BuiltinRequire } from './environment.js';
import { lazily, put } from '../kit/lazily.js';

/** One export of a Node builtin, as `build/builtin-shapes.mjs` found it. */
export type ExportShape =
  | { readonly kind: 'data'; readonly value: unknown }
  | { readonly kind: 'unlimited' }
  | { readonly kind: 'function' }
  | { readonly kind: 'object'; readonly members: Shape }
  | {
      readonly kind: 'class';
      /** `<module>.<export>` of the class that it extends. */
      readonly extends?: string;
      readonly methods: readonly string[];
      readonly statics: Shape;
    }
  | { readonly kind: 'instance'; readonly of: string };

export type Shape = { readonly [name: string]: ExportShape };

/** Why a group of modules is closed, for the messages. */
const REASONS: Readonly<Record<string, string>> = {
  __proto__: null as never,
  fs: 'scripts have no files',
  child_process: 'scripts cannot start programs',
  cluster: 'scripts cannot start programs',
  worker_threads: 'scripts cannot start threads',
  http: 'scripts have no network',
  https: 'scripts have no network',
  http2: 'scripts have no network',
  net: 'scripts have no network',
  tls: 'scripts have no network',
  dgram: 'scripts have no network',
  dns: 'scripts have no network',
};

/**
 * Classes of which packages make instances while they load, or that they inherit from. Their instances do
 * nothing: every method that would reach outside throws.
 */
const CONSTRUCTABLE: Readonly<Record<string, true>> = {
  __proto__: null as never,
  'http.Agent': true,
  'http.IncomingMessage': true,
  'http.OutgoingMessage': true,
  'http.Server': true,
  'http.ServerResponse': true,
  'https.Agent': true,
  'https.Server': true,
  'net.BlockList': true,
  'net.Server': true,
  'net.Socket': true,
  'tls.Server': true,
  'tls.TLSSocket': true,
  'dns.Resolver': true,
  'dns.promises.Resolver': true,
  'worker_threads.MessageChannel': true,
};

type Constructor = (this: object, ...args: unknown[]) => void;
type Target = Record<string, unknown>;

/**
 * Makes a module with the names of Node's own, so that a package which asks for it can load, and in which
 * everything that would reach out of the sandbox throws.
 */
export function inertModule(name: string, shape: Shape, builtin: BuiltinRequire): unknown {
  return fill({}, name, shape);

  function fill(target: Target, path: string, members: Shape): Target {
    for (const key of Object.keys(members)) {
      const member = members[key];
      if (member !== undefined) define(target, key, member, `${path}.${key}`);
    }
    return target;
  }

  function define(target: Target, key: string, member: ExportShape, path: string): void {
    if (member.kind === 'instance' || (member.kind === 'class' && member.extends !== undefined)) {
      // What it needs may be another module's, which may need this one.
      lazily(target, key, () => make(member, path, target));
    } else {
      put(target, key, make(member, path, target));
    }
  }

  function make(member: ExportShape, path: string, siblings: Target): unknown {
    switch (member.kind) {
      case 'data':
        return member.value;
      case 'unlimited':
        return Infinity;
      case 'function':
        return named(path, () => deny(path));
      case 'object':
        return fill({}, path, member.members);
      case 'instance':
        return new (siblings[member.of] as new () => unknown)();
      default:
        return makeClass(member, path);
    }
  }

  function makeClass(member: ExportShape & { kind: 'class' }, path: string): Constructor {
    const parent = member.extends === undefined ? undefined : lookUp(member.extends);
    const created = function (this: object, ...args: unknown[]): unknown {
      if (CONSTRUCTABLE[path] !== true) return deny(path);
      if (!(this instanceof created)) return Reflect.construct(created, args);
      // Parents of before `class` can be called on an object, as `util.inherits` has it; others make their own.
      if (parent !== undefined && !isClass(parent)) Reflect.apply(parent, this, []);
      const options = args[0];
      if (typeof options === 'object' && options !== null && !('options' in this))
        put(this, 'options', options);
      // Packages that know Node's inside take a class from there while they load.
      if (path === 'tls.TLSSocket') hide(this as Target, '_handle', { _parentWrap: {} });
      return undefined;
    };
    named(path, created);
    if (parent !== undefined) {
      Object.setPrototypeOf(created, parent);
      Object.setPrototypeOf(created.prototype, parent.prototype as object);
    }
    const prototype = created.prototype as Target;
    for (const method of member.methods) {
      hide(
        prototype,
        method,
        named(`${path}.${method}`, () => deny(`${path}.prototype.${method}`)),
      );
    }
    fill(created as unknown as Target, path, member.statics);
    return created;
  }

  function lookUp(path: string): Constructor {
    const [module = '', ...keys] = path.split('.');
    let found = builtin(module);
    for (const key of keys) found = (found as Target)[key];
    return found as Constructor;
  }
}

function deny(path: string): never {
  const [module = ''] = path.split(/[./]/, 1);
  const reason = REASONS[module];
  const error = accessDenied(path);
  if (reason !== undefined) error.message += `: ${reason}`;
  throw error;
}

function isClass(value: Constructor): boolean {
  return /^class\b/.test(Function.prototype.toString.call(value));
}

function named<F extends object>(path: string, value: F): F {
  return Object.defineProperty(value, 'name', {
    value: path.slice(path.lastIndexOf('.') + 1),
    configurable: true,
  });
}

function hide(target: Target, key: string, value: unknown): void {
  Object.defineProperty(target, key, { value, writable: true, enumerable: false, configurable: true });
}
