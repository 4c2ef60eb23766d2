import { accessDenied } from '../../boundary/coded-errors.js';
import type { BuiltinRequire } from './environment.js';
import { isIP, isIPv4, isIPv6 } from './ip-address.js';
import { define, defineHidden, named } from '../kit/define.js';
import { lazily } from '../kit/lazily.js';

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

/** Why a group of modules is not available, for the messages. */
const REASONS: Readonly<Record<string, string>> = {
  __proto__: null as never,
  fs: 'a package can only read its own files',
  child_process: 'scripts cannot start programs',
  inspector: 'scripts cannot inspect their process',
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
 * Classes that packages construct while they load, or inherit from. An instance can be constructed, and its methods throw.
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

/** Functions that reach nothing outside of the sandbox. */
const IMPLEMENTED: Readonly<Record<string, (input: unknown) => unknown>> = {
  __proto__: null as never,
  'net.isIP': isIP,
  'net.isIPv4': isIPv4,
  'net.isIPv6': isIPv6,
};

type Constructor = (this: object, ...args: unknown[]) => void;
type Target = Record<string, unknown>;

/**
 * Creates a module with the names of Node's, so that a package that requires it can load. Every function that would reach out
 * of the sandbox throws.
 */
export function stubModule(name: string, shape: Shape, builtin: BuiltinRequire): unknown {
  return fill({}, name, shape);

  function fill(target: Target, path: string, members: Shape): Target {
    for (const key of Object.keys(members)) {
      const member = members[key];
      if (member !== undefined) addMember(target, key, member, `${path}.${key}`);
    }
    return target;
  }

  function addMember(target: Target, key: string, member: ExportShape, path: string): void {
    if (member.kind === 'instance' || (member.kind === 'class' && member.extends !== undefined)) {
      // It may need another module, which may need this one.
      lazily(target, [key], () => make(member, path, target));
    } else {
      define(target, key, make(member, path, target));
    }
  }

  function make(member: ExportShape, path: string, siblings: Target): unknown {
    switch (member.kind) {
      case 'data':
        return member.value;
      case 'unlimited':
        return Infinity;
      case 'function':
        return IMPLEMENTED[path] ?? functionOf(path);
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
      // A parent of before `class` can be called on an object, as with `util.inherits`; any other makes its own.
      if (parent !== undefined && !isClass(parent)) Reflect.apply(parent, this, []);
      const options = args[0];
      if (typeof options === 'object' && options !== null && !('options' in this))
        define(this, 'options', options);
      // Packages that know Node's internals take a class from there while they load.
      if (path === 'tls.TLSSocket') defineHidden(this, '_handle', { _parentWrap: {} });
      return undefined;
    };
    named(keyOf(path), created);
    if (parent !== undefined) {
      Object.setPrototypeOf(created, parent);
      Object.setPrototypeOf(created.prototype, parent.prototype as object);
    }
    const prototype = created.prototype as Target;
    for (const method of member.methods) {
      defineHidden(prototype, method, functionOf(`${path}.prototype.${method}`));
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

/** Of `promises`, but without a promise to return: they throw, as where Node's throw for their arguments. */
const SYNCHRONOUS = /\.(?:watch|[gs]etServers|[gs]etDefaultResultOrder|setLocalAddress|cancel)$/;

/** A function that is not available: one that returns a promise rejects, so that what a package does then is done. */
function functionOf(path: string): () => unknown {
  const rejects = /[./]promises\./.test(path) && !SYNCHRONOUS.test(path);
  return named(keyOf(path), rejects ? async () => deny(path) : () => deny(path));
}

function deny(path: string): never {
  const [module = ''] = path.split(/[./]/, 1);
  const error = accessDenied(path);
  error.message += `: ${REASONS[module] ?? 'it works at isolation level process'}`;
  throw error;
}

function isClass(value: Constructor): boolean {
  return /^class\b/.test(Function.prototype.toString.call(value));
}

/** The last part of a path. */
function keyOf(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}
