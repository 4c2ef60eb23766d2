import type { LentOperation } from '../../boundary/lent-operations.js';
import type { Lendable } from '../../boundary/byte-operations.js';
import { fromLatin1 } from '../../boundary/latin1.js';
import type { Reply, WireError } from '../../boundary/native-operations.js';
import type { OperationName } from '../../boundary/node-functions.js';
import type { KeyComparisons, Makers } from '../kit/parts.js';
import { decodeValue, errorOf } from '../kit/wire-decode.js';
import { encodeArguments, written } from '../kit/wire-encode.js';

type Done = (error: unknown, value?: unknown) => void;

const { parse } = JSON;
const lend = environment.lend;
const waiting = new Map<number, Done>();
const makers: Partial<Makers> = {};
const keyComparisons: KeyComparisons = {};
const finalizers = environment.whenCollected((handle) => void lend('drop', handle));
const NO_BYTES = new Uint8Array(0);

environment.onSettled((ticket, text) => {
  const done = waiting.get(ticket);
  waiting.delete(ticket);
  if (done === undefined) return;
  let value: unknown;
  try {
    value = valueOf(parse(text) as Reply);
  } catch (error) {
    return done(error);
  }
  done(null, value);
});

/** Calls an operation on lent bytes. @throws the error that Node threw */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the operation says what it gives
function fast<T extends Lendable>(
  operation: LentOperation,
  a?: Lendable,
  b?: Lendable,
  c?: Lendable,
  d?: Lendable,
  e?: Lendable,
): T {
  const result = lend(operation, a, b, c, d, e);
  if (result === undefined) throw failure();
  return result as T;
}

function failure(): Error {
  const reply = lend('failure');
  // Absent only for an operation that does not exist.
  const { error } = typeof reply === 'string' ? (parse(reply) as { readonly error: WireError }) : {};
  return error === undefined ? new Error('the sandbox failed') : errorOf(error);
}

/** The bytes of a result of {@link fast}: a text of few, or the number of many. */
function bytesOfResult(result: string | number): Uint8Array<ArrayBuffer> {
  return typeof result === 'string' ? fromLatin1(result, 0, result.length) : taken(result);
}

/** The bytes of the last result; nothing of a script runs between the two. */
function taken(length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  lend('take', bytes);
  return bytes;
}

function send(operation: OperationName, args: readonly unknown[]): Reply {
  const { json, bytes } = encodeArguments(args);
  return parse(fast('call', operation, json, bytes)) as Reply;
}

/** @throws the error that Node threw */
function valueOf(reply: Reply): unknown {
  if ('error' in reply) throw errorOf(reply.error);
  if (!('value' in reply)) return undefined;
  const { value, bytes } = reply;
  return decodeValue(value, bytes === undefined ? NO_BYTES : taken(bytes), allMakers());
}

/** `node:crypto` sets them; a call that returns a key has come from there. */
function allMakers(): Makers {
  return makers as Makers;
}

/** Calls one of Node's functions. */
function call(operation: OperationName, ...args: unknown[]): unknown {
  return valueOf(send(operation, args));
}

/**
 * Begins an asynchronous call.
 * @throws the error that Node throws at once
 */
function start(done: Done, operation: OperationName, ...args: unknown[]): void {
  const reply = send(operation, args);
  if ('ticket' in reply) waiting.set(reply.ticket, done);
  else done(null, valueOf(reply));
}

/** Drops the object behind a handle once the object that stands for it is collected. */
function track(object: object, handle: number): void {
  finalizers.register(object, handle);
}

let known: ReadonlySet<string> | undefined;

/** Whether the running Node has the operation. */
function has(operation: OperationName): boolean {
  known ??= new Set(call('operations') as string[]);
  return known.has(operation);
}

/** Compares objects that stand for keys; undefined for other objects. */
function sameKeys(a: object, b: object): boolean | undefined {
  return keyComparisons.sameKeyObjects?.(a, b) ?? keyComparisons.sameCryptoKeys?.(a, b);
}

/** Whether two arrays of the same length have the same bytes. */
function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return lend('compare', a, b) === 0;
}

/** Calls Node's own functions, for other builtins. */
export default {
  call,
  fast,
  bytesOfResult,
  start,
  track,
  has,
  written,
  makers,
  keyComparisons,
  sameKeys,
  sameBytes,
};
