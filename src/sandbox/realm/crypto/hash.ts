import { coded, invalidArgument } from '../../boundary/coded-errors.js';
import { type CallableClass, oldClass } from '../kit/old-class.js';
import { part } from '../kit/parts.js';
import { Digest } from './digest.js';
import { LazyTransform } from './lazy-stream.js';

type Callback = (error?: unknown) => void;

interface HashObject {
  push(chunk: unknown): void;
}

function update(this: object, data: unknown, encoding?: unknown): unknown {
  const digest = Digest.of(this);
  if (digest.isDone) throw finalized();
  if (typeof data !== 'string' && !ArrayBuffer.isView(data))
    throw invalidArgument('data', 'of type string or an instance of Buffer, TypedArray, or DataView', data);
  digest.update(data, encoding);
  return this;
}

function transform(this: object, chunk: unknown, encoding: unknown, callback: Callback): void {
  Digest.of(this).update(chunk, encoding);
  callback();
}

function flush(this: HashObject, callback: Callback): void {
  this.push(Digest.of(this).digest(undefined));
  callback();
}

type HashArgs = [algorithm: unknown, options?: unknown];
type HmacArgs = [hmac: unknown, key: unknown, options?: unknown];

/** `crypto.Hash`. Only `copy` passes a {@link Digest} instead of an algorithm. */
export const Hash: CallableClass<HashArgs, HashObject> = oldClass<HashArgs, HashObject>(
  'Hash',
  function (algorithm, options) {
    if (!new.target) return new Hash(algorithm, options);
    if (algorithm instanceof Digest) Digest.copy(this, algorithm, options);
    else Digest.openHash(this, text('algorithm', algorithm), options);
    Reflect.apply(LazyTransform, this, [options]);
    return undefined;
  },
  {
    copy(this: object, options?: unknown): unknown {
      if (Digest.of(this).isDone) throw finalized();
      return new Hash(Digest.of(this), options);
    },
    _transform: transform,
    _flush: flush,
    update,
    digest(this: object, outputEncoding?: unknown): unknown {
      const digest = Digest.of(this);
      if (digest.isDone) throw finalized();
      return digest.digest(outputEncoding);
    },
  },
  LazyTransform,
);

/** `crypto.Hmac`. After its digest it returns empty ones, as in Node. */
export const Hmac: CallableClass<HmacArgs, HashObject> = oldClass<HmacArgs, HashObject>(
  'Hmac',
  function (hmac, key, options) {
    if (!(this instanceof Hmac)) return new Hmac(hmac, key, options);
    Digest.openHmac(this, text('hmac', hmac), key, options);
    Reflect.apply(LazyTransform, this, [options]);
    return undefined;
  },
  {
    update,
    digest(this: object, outputEncoding?: unknown): unknown {
      const digest = Digest.of(this);
      if (!digest.isDone) return digest.digest(outputEncoding);
      return outputEncoding && outputEncoding !== 'buffer' ? '' : part('buffer').Buffer.from('');
    },
    _flush: flush,
    _transform: transform,
  },
  LazyTransform,
);

function text(name: string, value: unknown): string {
  if (typeof value !== 'string') throw invalidArgument(name, 'of type string', value);
  return value;
}

function finalized(): Error {
  return coded(new Error('Digest already called'), 'ERR_CRYPTO_HASH_FINALIZED');
}
