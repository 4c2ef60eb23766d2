import crypto from 'node:crypto';
import * as zlib from 'node:zlib';
import { type LentOperation, MAX_TEXT_BYTES, ONE_SHOT_ALGORITHMS } from '../../boundary/lent-operations.js';
import { ZLIB_CLASSES, type ZlibClass, zlibFunction } from '../../boundary/node-functions.js';
import type { Primitive } from '../../boundary/byte-operations.js';
import { type Argument, bytesOf, textOf } from './argument.js';
import { isCipher } from './crypto-objects.js';
import type { Handles } from './handles.js';
import { MAX_OUTPUT_BYTES, streamOf } from './zlib-operations.js';

/** What the operations need of the host of a context. */
export interface LentHost {
  readonly handles: Handles;
  call(operation: string, args: string, bytes: Buffer | undefined): string;
  /** Keeps the bytes of a result until they are taken. */
  keep(bytes: Uint8Array): void;
  /** Copies the kept bytes into an array of their length. */
  take(into: Buffer): boolean;
  failure(): string | undefined;
}

/** Gets arguments of unknown type: a script may have sent anything. */
export type LentFunction = (
  host: LentHost,
  a: Argument,
  b: Argument,
  c: Argument,
  d: Argument,
  e: Argument,
) => Primitive;

/** Of Node 20.12 and later; faster than an object. Its types do not have it. */
const { hash } = crypto as unknown as {
  readonly hash?: (algorithm: string, data: string | Buffer, encoding: string) => string | Buffer;
};

/** Functions of zlib for the default options, by their classes. */
const ZLIB_SYNC = new Map<Argument, (data: string | Buffer, options: object) => Buffer>();
const functions = zlib as unknown as Readonly<Record<string, unknown>>;
for (const kind of ZLIB_CLASSES) {
  const call = functions[`${zlibFunction(kind)}Sync`];
  if (typeof call === 'function') ZLIB_SYNC.set(kind satisfies ZlibClass, call as never);
}
const { crc32 } = zlib as unknown as { readonly crc32?: (data: string | Buffer, seed: number) => number };

type CreateCipher = (
  algorithm: string,
  key: string | Buffer,
  iv: string | Buffer | null,
  options?: { readonly authTagLength: number },
) => object;
const { createCipheriv, createDecipheriv } = crypto as unknown as Readonly<
  Record<'createCipheriv' | 'createDecipheriv', CreateCipher>
>;

type Hash = crypto.Hash | crypto.Hmac;
const isHash = (object: object): object is Hash =>
  object instanceof crypto.Hash || object instanceof crypto.Hmac;
const isUpdated = (object: object): object is Hash | crypto.Sign | crypto.Verify =>
  isHash(object) || object instanceof crypto.Sign || object instanceof crypto.Verify;

/**
 * The functions behind {@link LentOperation}. None calls back, and none keeps lent bytes: `call`, which may, gets a copy. Node
 * passes the bytes to its native code without a look at their properties.
 */
export const LENT_OPERATIONS: Readonly<Record<LentOperation, LentFunction>> = Object.freeze({
  __proto__: null as never,
  call: (host, operation, args, bytes) =>
    host.call(textOf(operation), textOf(args), bytes === undefined ? undefined : copyOf(bytesOf(bytes))),
  take: (host, into) => host.take(bytesOf(into)),
  failure: (host) => host.failure(),
  hash(host, algorithm, input, inputEncoding, outputEncoding) {
    const name = textOf(algorithm);
    const encoding = textOf(outputEncoding);
    const given = data(input);
    if (
      hash !== undefined &&
      ONE_SHOT_ALGORITHMS[name] === true &&
      (typeof given !== 'string' || inputEncoding === 'utf8')
    )
      return result(host, hash(name, given, encoding));
    const object = update(crypto.createHash(name), given, inputEncoding);
    return result(host, object.digest(encoding as crypto.BinaryToTextEncoding));
  },
  hmac(host, algorithm, key, input, inputEncoding, outputEncoding) {
    const object = update(crypto.createHmac(textOf(algorithm), data(key)), data(input), inputEncoding);
    return result(host, object.digest(textOf(outputEncoding) as crypto.BinaryToTextEncoding));
  },
  update(host, handle, input, inputEncoding) {
    update(host.handles.get(handle, isUpdated), data(input), inputEncoding);
    return true;
  },
  digest(host, handle, outputEncoding) {
    const object = host.handles.get(handle, isHash);
    const digest = object.digest(textOf(outputEncoding) as crypto.BinaryToTextEncoding);
    host.handles.drop(handle);
    return result(host, digest);
  },
  createCipheriv(host, algorithm, key, iv, tagLength) {
    const options = tagLength === undefined ? undefined : { authTagLength: number(tagLength) };
    return host.handles.add(
      createCipheriv(textOf(algorithm), data(key), iv === null ? null : data(iv), options),
    );
  },
  createDecipheriv(host, algorithm, key, iv, tagLength) {
    const options = tagLength === undefined ? undefined : { authTagLength: number(tagLength) };
    return host.handles.add(
      createDecipheriv(textOf(algorithm), data(key), iv === null ? null : data(iv), options),
    );
  },
  cipherUpdate(host, handle, input, inputEncoding, outputEncoding) {
    const cipher = host.handles.get(handle, isCipher) as Cipher;
    return result(host, cipher.update(data(input), optional(inputEncoding), optional(outputEncoding)));
  },
  cipherFinal(host, handle, outputEncoding, keep) {
    const cipher = host.handles.get(handle, isCipher) as Cipher;
    let kept = false;
    try {
      const last = cipher.final(optional(outputEncoding));
      kept = keep === true;
      return result(host, last);
    } finally {
      if (!kept) host.handles.drop(handle);
    }
  },
  cipherTag(host, handle) {
    const tag = (host.handles.get(handle, isCipher) as Cipher).getAuthTag();
    host.handles.drop(handle);
    return result(host, tag);
  },
  drop(host, handle) {
    host.handles.drop(handle);
    return true;
  },
  randomFill(_, bytes) {
    crypto.randomFillSync(bytesOf(bytes));
    return true;
  },
  randomInt: (_, min, max) => crypto.randomInt(number(min), number(max)),
  randomUUID: () => crypto.randomUUID(),
  timingSafeEqual: (_, one, other) => crypto.timingSafeEqual(bytesOf(one), bytesOf(other)),
  crc32(_, input, seed) {
    if (crc32 === undefined) throw new TypeError('unknown operation');
    return crc32(data(input), number(seed));
  },
  zlibSync(host, kind, input) {
    const call = ZLIB_SYNC.get(kind);
    if (call === undefined) throw new TypeError('unknown operation');
    return result(host, call(data(input), { maxOutputLength: MAX_OUTPUT_BYTES }));
  },
  zlibWrite(host, handle, flush, input, output, left) {
    return streamOf(handle, host.handles).write(flush, bytesOf(input), bytesOf(output), bytesOf(left));
  },
});

interface Cipher {
  update(data: string | Buffer, inputEncoding?: string, outputEncoding?: string): string | Buffer;
  final(outputEncoding?: string): string | Buffer;
  getAuthTag(): Buffer;
}

function update<T extends Hash | crypto.Sign | crypto.Verify>(
  object: T,
  given: string | Buffer,
  encoding: Argument,
): T {
  if (typeof given === 'string') object.update(given, textOf(encoding) as crypto.Encoding);
  else object.update(given);
  return object;
}

/** A result that is never `undefined`. */
function result(host: LentHost, value: string | Buffer): Primitive {
  if (typeof value === 'string') return value;
  if (value.length <= MAX_TEXT_BYTES) return value.toString('latin1');
  host.keep(value);
  return value.length;
}

/** Node's functions may keep what they are given. */
function copyOf(lent: Buffer): Buffer {
  const copy = Buffer.allocUnsafeSlow(lent.length);
  copy.set(lent);
  return copy;
}

function data(value: Argument): string | Buffer {
  return typeof value === 'string' ? value : bytesOf(value);
}

function optional(value: Argument): string | undefined {
  return value === undefined ? undefined : textOf(value);
}

function number(value: Argument): number {
  if (typeof value !== 'number') throw new TypeError('a number expected');
  return value;
}
