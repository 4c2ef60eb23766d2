/** What the port of `inspect` has of Node's internals for `internalBinding('util')`, here from the host. */
import type { InspectionStyle } from '../../../boundary/loader-protocol.js';
import { SLOTS } from '../../../boundary/object-slots.js';
import { types } from './type-checks.js';

const { reveal } = environment;
const { getOwnPropertyDescriptor, ownKeys } = Reflect;
const INDEX = /^(?:0|[1-9]\d{0,9})$/;
const MAX_INDEX = 2 ** 32 - 2;

/** How the running version of Node inspects. */
export const style = JSON.parse(environment.ask('inspection')) as InspectionStyle;

export const constants = {
  kPending: SLOTS.pending,
  kRejected: SLOTS.rejected,
  ALL_PROPERTIES: 0,
  ONLY_ENUMERABLE: 2,
};

export function getOwnNonIndexProperties(value: object, filter: number): PropertyKey[] {
  return ownKeys(value).filter((key) => {
    if (typeof key === 'string' && INDEX.test(key) && Number(key) <= MAX_INDEX) return false;
    return filter === constants.ALL_PROPERTIES || getOwnPropertyDescriptor(value, key)?.enumerable === true;
  });
}

export function getPromiseDetails(promise: object): [state: number, result: unknown] {
  const prototype = Reflect.getPrototypeOf(promise);
  // The host reads the result of a promise only while it has no prototype, which `then` would ask for the constructor.
  Reflect.setPrototypeOf(promise, null);
  let result: unknown;
  try {
    const state = reveal(promise, (part) => {
      result = part;
    });
    return [state, result];
  } finally {
    Reflect.setPrototypeOf(promise, prototype);
  }
}

/** The target of a proxy, and its handler if both are asked for. A revoked one has null. */
export function getProxyDetails(value: unknown, both = true): unknown {
  if (!types.isProxy(value)) return undefined;
  const parts: unknown[] = [];
  reveal(value as object, (part) => parts.push(part));
  return both ? parts : parts[0];
}

export function previewEntries(value: object, isIterator = false): unknown {
  const entries: unknown[] = [];
  const slots = reveal(value, (part) => entries.push(part));
  return isIterator ? [entries, slots === SLOTS.pairs] : entries;
}

/** V8's name for the class of an object, whatever its prototype is now. */
export function getConstructorName(value: object): string {
  let at: object | null = value;
  while (at !== null) {
    const found = getOwnPropertyDescriptor(at, 'constructor')?.value as unknown;
    if (typeof found === 'function' && found.name !== '') return found.name;
    at = Reflect.getPrototypeOf(at);
  }
  const kind = Object.entries(CLASSES).find(([check]) => types[check as keyof typeof CLASSES](value));
  return kind?.[1] ?? Object.prototype.toString.call(value).slice('[object '.length, -1);
}

const CLASSES = {
  isMap: 'Map',
  isSet: 'Set',
  isPromise: 'Promise',
  isNativeError: 'Error',
  isWeakMap: 'WeakMap',
  isWeakSet: 'WeakSet',
  isDate: 'Date',
  isRegExp: 'RegExp',
} as const;

export const getExternalValue = (): bigint => 0n;
export { Proxy };

const { Proxy } = globalThis;
