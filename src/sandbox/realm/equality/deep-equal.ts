import { part } from '../kit/parts.js';
import { types } from '../node/ports/type-checks.js';
import { isUrl } from '../web/url-components.js';
import { enumerableKeys, mapsEqual, nonIndexKeys, setsEqual } from './members.js';

const { is, getPrototypeOf } = Object;
const { toString } = Object.prototype;
const isEnumerable = Object.prototype.propertyIsEnumerable;
const { apply, getOwnPropertyDescriptor } = Reflect;

/** One comparison of two values with all that is in them. */
export class Comparison {
  /** Pairs that are being compared: one that contains itself is not compared again. */
  readonly #pairs = new Map<object, Set<object>>();

  /** @param strict whether prototypes, symbols and the types of primitives count */
  constructor(readonly strict: boolean) {}

  equal(a: unknown, b: unknown): boolean {
    if (a === b) return a !== 0 || !this.strict || is(a, b);
    if (isObject(a) && isObject(b)) {
      if (this.strict && getPrototypeOf(a) !== getPrototypeOf(b)) return false;
      return this.#objects(a, b);
    }
    if (isNaN(a) && isNaN(b)) return true;
    // oxlint-disable-next-line eqeqeq -- that is what the loose comparison is
    return !this.strict && !isObject(a) && !isObject(b) && a == b;
  }

  #objects(a: object, b: object): boolean {
    const tag = tagOf(a);
    if (tag !== tagOf(b)) return false;
    if (Array.isArray(a)) {
      if (!Array.isArray(b) || a.length !== b.length) return false;
      const keys = nonIndexKeys(a, this.strict);
      return (
        keys.length === nonIndexKeys(b, this.strict).length &&
        this.#members(a, b, keys, () => this.#items(a, b))
      );
    }
    if (ArrayBuffer.isView(a)) {
      if (!this.#sameBytes(a, b)) return false;
      const keys = nonIndexKeys(a, this.strict);
      return keys.length === nonIndexKeys(b, this.strict).length && this.#members(a, b, keys);
    }
    if (tag !== '[object Object]' && !this.#sameInside(a, b, tag)) return false;
    const keys = enumerableKeys(a, this.strict);
    return (
      keys.length === enumerableKeys(b, this.strict).length &&
      this.#members(a, b, keys, () => {
        if (types.isSet(a)) return setsEqual(a as Set<unknown>, b as Set<unknown>, this);
        return !types.isMap(a) || mapsEqual(a as Map<unknown, unknown>, b as Map<unknown, unknown>, this);
      })
    );
  }

  /** Compares the members under these keys of `a`, and then the rest, once for each pair. */
  #members(a: object, b: object, keys: readonly PropertyKey[], rest?: () => boolean): boolean {
    if (!keys.every((key) => apply(isEnumerable, b, [key]))) return false;
    const others = this.#pairs.get(a);
    if (others?.has(b) === true) return true;
    if (others === undefined) this.#pairs.set(a, new Set([b]));
    else others.add(b);
    const from = a as Readonly<Record<PropertyKey, unknown>>;
    const to = b as Readonly<Record<PropertyKey, unknown>>;
    const result = keys.every((key) => this.equal(from[key], to[key])) && (rest?.() ?? true);
    if (others === undefined) this.#pairs.delete(a);
    else others.delete(b);
    return result;
  }

  /** The items of arrays of the same length; a hole is equal to a hole only. */
  #items(a: readonly unknown[], b: readonly unknown[]): boolean {
    for (let index = 0; index < a.length; index++) {
      if (Object.hasOwn(a, index) !== Object.hasOwn(b, index) || !this.equal(a[index], b[index]))
        return false;
    }
    return true;
  }

  /** What no property shows, for objects of the same tag. */
  #sameInside(a: object, b: object, tag: string): boolean {
    const check = CHECKS.find(([isOf]) => isOf(a));
    if (check !== undefined) return check[0](b) && check[1](a as never, b as never, this);
    if (CHECKS.some(([isOf]) => isOf(b))) return false;
    if (tag === '[object KeyObject]' || tag === '[object CryptoKey]')
      return part('native').sameKeys(a, b) ?? true;
    return !isUrl(a) || (isUrl(b) && a.href === b.href);
  }

  #sameBytes(a: ArrayBufferView, b: unknown): boolean {
    if (!ArrayBuffer.isView(b)) return false;
    const kind = kindOf(a);
    if (kind !== kindOf(b)) return false;
    if (!this.strict && (kind === 'Float32Array' || kind === 'Float64Array')) {
      const [one, other] = [a as Float64Array, b as Float64Array];
      return one.length === other.length && one.every((value, index) => value === other[index]);
    }
    return sameBytes(
      new Uint8Array(a.buffer, a.byteOffset, a.byteLength),
      new Uint8Array(b.buffer, b.byteOffset, b.byteLength),
    );
  }
}

type Compare = (a: never, b: never, comparison: Comparison) => boolean;

const boxed = [
  [types.isNumberObject, Number.prototype.valueOf],
  [types.isStringObject, String.prototype.valueOf],
  [types.isBooleanObject, Boolean.prototype.valueOf],
  [types.isBigIntObject, BigInt.prototype.valueOf],
  [types.isSymbolObject, Symbol.prototype.valueOf],
] as const;

/** Kinds of objects whose content is not in their properties, and how two of a kind are compared. */
const CHECKS: readonly (readonly [isOf: (value: unknown) => boolean, compare: Compare])[] = [
  [types.isDate, (a: Date, b: Date) => a.getTime() === b.getTime()],
  [types.isRegExp, sameRegExps],
  [types.isSet, (a: Set<unknown>, b: Set<unknown>) => a.size === b.size],
  [types.isMap, (a: Map<unknown, unknown>, b: Map<unknown, unknown>) => a.size === b.size],
  [
    types.isAnyArrayBuffer,
    (a: ArrayBuffer, b: ArrayBuffer) => sameBytes(new Uint8Array(a), new Uint8Array(b)),
  ],
  [(value) => types.isNativeError(value) || value instanceof Error, sameErrors],
  ...boxed.map(
    ([isOf, valueOf]) =>
      [isOf, (a: never, b: never) => is(apply(valueOf, a, []), apply(valueOf, b, []))] as const,
  ),
];

function sameRegExps(a: RegExp, b: RegExp): boolean {
  return a.source === b.source && a.flags === b.flags && a.lastIndex === b.lastIndex;
}

type Errors = Readonly<Record<string, unknown>>;

/** Not the stack. What is enumerable is compared with the other properties. */
function sameErrors(a: object, b: object, comparison: Comparison): boolean {
  return (['message', 'name', 'cause', 'errors'] as const).every((key) => {
    const enumerable = apply(isEnumerable, a, [key]);
    if (enumerable !== apply(isEnumerable, b, [key])) return false;
    return enumerable || comparison.equal((a as Errors)[key], (b as Errors)[key]);
  });
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && part('native').sameBytes(a, b);
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
const isNaN = (value: unknown): boolean => typeof value === 'number' && Number.isNaN(value);
const tagOf = (value: object): string => apply(toString, value, []);

const kindGetter = getOwnPropertyDescriptor(
  getPrototypeOf(Uint8Array.prototype) as object,
  Symbol.toStringTag,
)?.get;
const kindOf = (view: ArrayBufferView): unknown => kindGetter && apply(kindGetter, view, []);
