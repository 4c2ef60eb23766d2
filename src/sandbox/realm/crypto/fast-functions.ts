import { bytesOf } from '../../boundary/latin1.js';
import { native } from '../kit/native-calls.js';
import { digestOf } from './digest.js';
import { randomBytes, randomInt, randomUUID } from './random.js';

type AnyFunction = (...args: unknown[]) => unknown;

/** `crypto.timingSafeEqual` */
function timingSafeEqual(one: unknown, other: unknown): unknown {
  const [a, b] = [bytesOf(one), bytesOf(other)];
  // Node's error for anything else.
  return a !== undefined && b !== undefined && a.length === b.length
    ? native.fast('timingSafeEqual', a, b)
    : native.call('crypto.timingSafeEqual', one, other);
}

/** `crypto.hash` */
function hash(...args: unknown[]): unknown {
  const [algorithm, input, encoding = 'hex'] = args;
  const digest = typeof algorithm === 'string' ? digestOf(algorithm, input, encoding) : undefined;
  return digest ?? native.call('crypto.hash', ...args);
}

/** Functions of `crypto` that are called often, and need no JSON. */
export const FAST: Readonly<Record<string, AnyFunction | undefined>> = {
  __proto__: null as never,
  hash,
  randomBytes,
  randomInt,
  randomUUID,
  timingSafeEqual,
};
