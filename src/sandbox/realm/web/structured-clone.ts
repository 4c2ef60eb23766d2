import { define, defineHidden } from '../kit/define.js';
import { domException, missingArguments } from '../kit/errors.js';
import { types } from '../node/ports/type-checks.js';

type Primitive = string | number | boolean | bigint;

/** Error classes that a clone keeps. */
const ERRORS: Readonly<Record<string, ErrorConstructor>> = {
  __proto__: null as never,
  Error,
  EvalError,
  RangeError,
  ReferenceError,
  SyntaxError,
  TypeError,
  URIError,
};
/** Objects that have more than their properties. */
const NOT_CLONED = [
  types.isPromise,
  types.isWeakMap,
  types.isWeakSet,
  types.isGeneratorObject,
  types.isMapIterator,
  types.isSetIterator,
  types.isProxy,
  types.isModuleNamespaceObject,
] as const;

function notCloneable(what: string): Error {
  return domException(`${what} could not be cloned.`, 'DataCloneError');
}

/** One call. `#seen` has the objects that it has already cloned. */
class Cloning {
  readonly #seen = new Map<object, unknown>();

  constructor(transfer: Iterable<unknown>) {
    for (const buffer of transfer) {
      if (!types.isArrayBuffer(buffer)) throw notCloneable('Value not transferable:');
      this.#seen.set(buffer as ArrayBuffer, moved(buffer as ArrayBuffer));
    }
  }

  clone(value: unknown): unknown {
    if (typeof value === 'symbol' || typeof value === 'function') throw notCloneable(String(value));
    if (typeof value !== 'object' || value === null) return value;
    if (this.#seen.has(value)) return this.#seen.get(value);
    return this.#opaque(value) ?? this.#binary(value) ?? this.#structure(value);
  }

  #keep<T>(original: object, clone: T): T {
    this.#seen.set(original, clone);
    return clone;
  }

  /** Clones an object that contains no other value. */
  #opaque(value: object): unknown {
    if (types.isDate(value)) return this.#keep(value, new Date((value as Date).getTime()));
    if (types.isRegExp(value)) {
      const { source, flags } = value as RegExp;
      return this.#keep(value, new RegExp(source, flags));
    }
    if (types.isSymbolObject(value)) throw notCloneable('Object(Symbol())');
    return types.isBoxedPrimitive(value)
      ? this.#keep(value, Object((value as { valueOf(): Primitive }).valueOf()))
      : undefined;
  }

  #binary(value: object): unknown {
    if (types.isArrayBuffer(value)) return this.#keep(value, (value as ArrayBuffer).slice(0));
    if (types.isSharedArrayBuffer(value)) return this.#keep(value, value);
    if (!ArrayBuffer.isView(value)) return undefined;
    const buffer = this.clone(value.buffer) as ArrayBuffer;
    if (types.isDataView(value))
      return this.#keep(value, new DataView(buffer, value.byteOffset, value.byteLength));
    const view = value as Uint8Array;
    const name = Reflect.get(Object.getPrototypeOf(Uint8Array.prototype) as object, Symbol.toStringTag, view);
    const Kind = (globalThis as unknown as Record<string, Uint8ArrayConstructor>)[String(name)] ?? Uint8Array;
    return this.#keep(value, new Kind(buffer, view.byteOffset, view.length));
  }

  #structure(value: object): unknown {
    if (types.isMap(value)) {
      const entries = [...(value as Map<unknown, unknown>)];
      const map = this.#keep(value, new Map<unknown, unknown>());
      for (const [key, inner] of entries) map.set(this.clone(key), this.clone(inner));
      return map;
    }
    if (types.isSet(value)) {
      const items = [...(value as Set<unknown>)];
      const set = this.#keep(value, new Set<unknown>());
      for (const item of items) set.add(this.clone(item));
      return set;
    }
    if (types.isNativeError(value)) return this.#error(value);
    if (NOT_CLONED.some((isSuch) => isSuch(value)) || value instanceof WeakRef)
      throw notCloneable(classNameOf(value));
    const target: object = this.#keep(value, Array.isArray(value) ? [] : {});
    // Before its items: a sparse array has fewer items than its length.
    if (Array.isArray(value)) (target as unknown[]).length = value.length;
    for (const key of Object.keys(value)) {
      const inner = this.clone((value as Record<string, unknown>)[key]);
      define(target, key, inner);
    }
    return target;
  }

  #error(error: { name?: unknown; message?: unknown; stack?: unknown; cause?: unknown }): Error {
    const Kind = ERRORS[String(error.name)] ?? Error;
    const made = this.#keep(
      error,
      new Kind(Object.hasOwn(error, 'message') ? String(error.message) : undefined),
    );
    const { stack } = error;
    if (typeof stack === 'string') defineHidden(made, 'stack', stack);
    if (Object.hasOwn(error, 'cause')) defineHidden(made, 'cause', this.clone(error.cause));
    return made;
  }
}

function moved(buffer: ArrayBuffer): ArrayBuffer {
  const { transfer } = buffer as ArrayBuffer & { transfer?: () => ArrayBuffer };
  // Node 20 cannot detach a buffer.
  return transfer === undefined ? buffer.slice(0) : Reflect.apply(transfer, buffer, []);
}

function classNameOf(value: object): string {
  return `#<${String((value.constructor as { name?: unknown } | undefined)?.name ?? 'Object')}>`;
}

/** The standard's structuredClone. */
export function structuredClone(
  ...args: [value?: unknown, options?: { transfer?: Iterable<unknown> }]
): unknown {
  if (args.length === 0) throw missingArguments('value');
  return new Cloning(args[1]?.transfer ?? []).clone(args[0]);
}
