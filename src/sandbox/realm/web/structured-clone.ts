import { invalidArgument } from '../../boundary/coded-errors.js';
import { define, defineHidden } from '../kit/define.js';
import { domException, missingArguments } from '../kit/errors.js';
import { part } from '../kit/parts.js';
import { isOrdinary, types } from '../node/ports/type-checks.js';
import { cloneBuffer, cloneView, moved } from './clone-bytes.js';

/** A script may have replaced the methods since: these are those of the language, unless it did so before its first clone. */
const { apply, get, getOwnPropertyDescriptor, getPrototypeOf, ownKeys } = Reflect;
const { hasOwn, getOwnPropertySymbols, keys: keysOf } = Object;
const { isArray } = Array;
const { slice } = Array.prototype;
const { get: mapGet, set: mapSet, forEach: forEachEntry } = Map.prototype;
const { forEach: forEachItem } = Set.prototype;
const { getTime } = Date.prototype;
const ARRAY = Array.prototype;
const PLAIN = Object.prototype;

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

/** Prototypes of objects of V8 that have no check, and that cannot be cloned. */
const NOT_CLONED = new Set<object | null>([
  WeakRef.prototype,
  FinalizationRegistry.prototype,
  getPrototypeOf([].values()),
  getPrototypeOf(''[Symbol.iterator]()),
  ...ownKeys(Intl).flatMap((key) => {
    const { prototype } = Object(get(Intl, key)) as { prototype?: object };
    return prototype === undefined ? [] : [prototype];
  }),
]);

let copyOfBlob: ((value: object) => object | undefined) | undefined;
environment.onBuiltin('blob', () => {
  copyOfBlob = part('blob').copyOf;
});

/** The clones of one call by their originals: an object that is there twice, or in itself, is cloned once. */
type Seen = Map<object, object>;

function keep<T extends object>(seen: Seen, original: object, clone: T): T {
  apply(mapSet, seen, [original, clone]);
  return clone;
}

function cloneOf(value: unknown, seen: Seen): unknown {
  if (typeof value !== 'object' || value === null) {
    if (typeof value === 'symbol' || typeof value === 'function') throw notCloneable(String(value));
    return value;
  }
  const known = apply(mapGet, seen, [value]) as object | undefined;
  if (known !== undefined) return known;
  if (!isOrdinary(value)) return cloneSpecial(value, seen);
  return isArray(value) ? cloneArray(value, seen) : cloneObject(value, seen);
}

function cloneArray(array: unknown[], seen: Seen): unknown[] {
  const keys = keysOf(array);
  const { length } = array;
  // Then its keys are its indices, and nothing else.
  const isDense = keys.length === length && (length === 0 || keys[length - 1] === `${length - 1}`);
  if (isDense && getPrototypeOf(array) === ARRAY) {
    const clone = keep(seen, array, apply(slice, array, []) as unknown[]);
    for (let i = 0; i < length; i++) {
      const item = clone[i];
      if (isReference(item)) clone[i] = cloneOf(item, seen);
    }
    return clone;
  }
  const clone: unknown[] = keep(seen, array, []);
  // Before its items: a sparse array has fewer items than its length.
  clone.length = length;
  cloneProperties(array, keys, clone, seen);
  return clone;
}

function cloneObject(object: object, seen: Seen): object {
  const prototype = getPrototypeOf(object);
  if (prototype !== PLAIN && prototype !== null) {
    const copy = cloneInstance(object, prototype);
    if (copy !== undefined) return keep(seen, object, copy);
  }
  if (getOwnPropertySymbols(object).length > 0) {
    const clone = keep(seen, object, {});
    cloneProperties(object, keysOf(object), clone, seen);
    return clone;
  }
  // V8 copies objects of one shape faster than a property at a time.
  const clone = keep(seen, object, { ...object }) as Record<string, unknown>;
  const keys = keysOf(clone);
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] as string;
    const value = clone[key];
    if (isReference(value)) clone[key] = cloneOf(value, seen);
  }
  return clone;
}

/** Whether a clone of the value may be anything else than the value. */
function isReference(value: unknown): boolean {
  return typeof value === 'object'
    ? value !== null
    : typeof value === 'function' || typeof value === 'symbol';
}

function cloneProperties(from: object, keys: readonly string[], to: object, seen: Seen): void {
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] as string;
    // A getter may have deleted it.
    if (hasOwn(from, key)) define(to, key, cloneOf(get(from, key), seen));
  }
}

/** Clones an instance of a class of the web; @returns undefined for those of which only the properties are cloned */
function cloneInstance(object: object, prototype: object): object | undefined {
  for (let from: object | null = prototype; from !== null; from = getPrototypeOf(from))
    if (NOT_CLONED.has(from)) throw notCloneable(classNameOf(object));
  if (object === globalThis) throw notCloneable('#<Object>');
  return copyOfBlob?.(object);
}

/** Clones an object that has more than its properties. */
function cloneSpecial(value: object, seen: Seen): object {
  if (types.isMap(value)) return cloneMap(value as Map<unknown, unknown>, seen);
  if (types.isSet(value)) return cloneSet(value as Set<unknown>, seen);
  if (types.isDate(value)) return keep(seen, value, new Date(apply(getTime, value as Date, [])));
  if (types.isNativeError(value)) return cloneError(value, seen);
  if (types.isAnyArrayBuffer(value)) return keep(seen, value, cloneBuffer(value as ArrayBuffer));
  if (ArrayBuffer.isView(value))
    return keep(
      seen,
      value,
      cloneView(value, (buffer) => cloneOf(buffer, seen) as ArrayBuffer),
    );
  if (types.isRegExp(value)) {
    const { source, flags } = value as RegExp;
    return keep(seen, value, new RegExp(source, flags));
  }
  if (types.isSymbolObject(value)) throw notCloneable('[object Symbol]');
  if (types.isBoxedPrimitive(value))
    return keep(seen, value, Object((value as { valueOf(): unknown }).valueOf()) as object);
  // A proxy must not notice.
  if (types.isProxy(value)) throw notCloneable(isArray(value) ? '[object Array]' : '#<Object>');
  throw notCloneable(types.isGeneratorObject(value) ? '[object Generator]' : classNameOf(value));
}

function cloneMap(map: Map<unknown, unknown>, seen: Seen): Map<unknown, unknown> {
  const entries: [unknown, unknown][] = [];
  apply(forEachEntry, map, [(value: unknown, key: unknown) => void (entries[entries.length] = [key, value])]);
  const clone = keep(seen, map, new Map<unknown, unknown>());
  for (let i = 0; i < entries.length; i++) {
    const [key, value] = entries[i] as [unknown, unknown];
    apply(mapSet, clone, [cloneOf(key, seen), cloneOf(value, seen)]);
  }
  return clone;
}

function cloneSet(set: Set<unknown>, seen: Seen): Set<unknown> {
  const items: unknown[] = [];
  apply(forEachItem, set, [(item: unknown) => void (items[items.length] = item)]);
  const clone = keep(seen, set, new Set<unknown>());
  for (let i = 0; i < items.length; i++) clone.add(cloneOf(items[i], seen));
  return clone;
}

function cloneError(error: object, seen: Seen): Error {
  const { DOMException } = part('event-target');
  if (error instanceof DOMException) {
    const { message, name, stack } = error;
    const clone = keep(seen, error, new DOMException(message, name));
    defineHidden(clone, 'stack', stack);
    return clone;
  }
  const Kind = ERRORS[String(get(error, 'name'))] ?? Error;
  const message = getOwnPropertyDescriptor(error, 'message');
  const made = keep(seen, error, new Kind(message && 'value' in message ? String(message.value) : undefined));
  const stack: unknown = get(error, 'stack');
  if (typeof stack === 'string') defineHidden(made, 'stack', stack);
  if (hasOwn(error, 'cause')) defineHidden(made, 'cause', cloneOf(get(error, 'cause'), seen));
  return made;
}

function notCloneable(what: string): Error {
  return domException(`${what} could not be cloned.`, 'DataCloneError');
}

function classNameOf(value: object): string {
  return `#<${String((value.constructor as { name?: unknown } | undefined)?.name ?? 'Object')}>`;
}

/** Detaches the buffers, each of which the clone then has in place of a copy. */
function transferred(transfer: readonly unknown[]): Seen {
  const seen: Seen = new Map();
  for (const buffer of transfer) apply(mapSet, seen, [buffer as object, moved(buffer as ArrayBuffer)]);
  return seen;
}

function transferListOf(options: unknown): readonly unknown[] {
  if (options === undefined || options === null) return [];
  if (typeof options !== 'object' && typeof options !== 'function')
    throw invalidArgument('options', 'an object', options);
  const { transfer } = options as { readonly transfer?: unknown };
  if (transfer === undefined) return [];
  if (typeof transfer !== 'object' || transfer === null || !(Symbol.iterator in transfer))
    throw invalidArgument('options.transfer', 'an iterable', transfer);
  const list = [...(transfer as Iterable<unknown>)];
  for (const value of list)
    if (!types.isArrayBuffer(value))
      throw domException('Found invalid value in transferList.', 'DataCloneError');
  if (new Set(list).size < list.length)
    throw domException('Transfer list contains duplicate ArrayBuffer', 'DataCloneError');
  return list;
}

/** The standard's structuredClone. */
export function structuredClone(...args: [value?: unknown, options?: unknown]): unknown {
  if (args.length === 0) throw missingArguments('value');
  const transfer = transferListOf(args[1]);
  // What cannot be cloned must fail before a buffer is detached.
  if (transfer.length > 0) cloneOf(args[0], new Map());
  return cloneOf(args[0], transferred(transfer));
}
