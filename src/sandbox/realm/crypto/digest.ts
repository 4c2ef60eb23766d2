import { bytesOf } from '../../boundary/latin1.js';
import { ONE_SHOT_ALGORITHMS } from '../../boundary/lent-operations.js';
import { openHandle } from '../kit/handle.js';
import { native } from '../kit/native-calls.js';
import { secretBytes } from './keys.js';
import { privateState } from '../kit/old-class.js';
import { part } from '../kit/parts.js';
import type { Held } from '../kit/wire-decode.js';

/** Most bytes that wait in the context for a digest; texts wait whatever their length, since they are not copied. */
const MAX_PENDING_BYTES = 4096;

/** Encodings of texts that wait, by the names that need no normalization. Of `hex`, only whole bytes. */
const PENDING_ENCODINGS: Readonly<Record<string, string>> = {
  __proto__: null as never,
  utf8: 'utf8',
  'utf-8': 'utf8',
  buffer: 'utf8',
  latin1: 'latin1',
  binary: 'latin1',
  hex: 'hex',
  base64: 'base64',
  base64url: 'base64url',
};

/** Encodings of a digest, by the names that need no normalization. */
const TEXT_ENCODINGS: Readonly<Record<string, string>> = {
  __proto__: null as never,
  buffer: 'buffer',
  hex: 'hex',
  base64: 'base64',
  base64url: 'base64url',
  latin1: 'latin1',
  binary: 'latin1',
};

type Kind = 'hash' | 'hmac';

/** Algorithms that Node has, of each kind: a new object of one needs no call of the host. */
const known: Readonly<Record<Kind, Record<string, true>>> = {
  hash: { __proto__: null as never },
  hmac: { __proto__: null as never },
};

/**
 * The state of a `Hash` or `Hmac`. Small inputs wait here, so that creating, updating and digesting is one call of the
 * host, and an object that is not digested costs the host nothing. Other inputs go to a hash of Node in the runner.
 */
export class Digest {
  isDone = false;
  readonly #kind: Kind;
  readonly #algorithm: string;
  /** Of an `Hmac`: a text, or a copy of its bytes. */
  readonly #key: string | Uint8Array | undefined;
  /** Of Node's object in the runner; 0 while there is none. */
  #handle = 0;
  #pending: string | Uint8Array | undefined;
  #encoding = '';

  private constructor(kind: Kind, algorithm: string, key: string | Uint8Array | undefined) {
    this.#kind = kind;
    this.#algorithm = algorithm;
    this.#key = key;
  }

  /** Gives an object its state. @throws Node's error for an algorithm, a key or options that it refuses */
  static openHash(owner: object, algorithm: string, options: unknown): void {
    const digest = new Digest('hash', algorithm, undefined);
    const { outputLength } = (typeof options === 'object' && options !== null ? options : {}) as {
      readonly outputLength?: unknown;
    };
    if (outputLength !== undefined) {
      digest.#handle = openHandle(digest, 'crypto.createHash', algorithm, { outputLength });
    } else if (known.hash[algorithm] === undefined) {
      digest.#handle = openHandle(digest, 'crypto.createHash', algorithm);
      known.hash[algorithm] = true;
    }
    digests.give(owner, digest);
  }

  static openHmac(owner: object, algorithm: string, key: unknown, options: unknown): void {
    const bytes = typeof key === 'string' ? key : (bytesOf(key)?.slice() ?? secretBytes(key));
    const digest = new Digest('hmac', algorithm, bytes);
    if (bytes === undefined || options !== undefined || known.hmac[algorithm] === undefined) {
      digest.#handle = openHandle(digest, 'crypto.createHmac', algorithm, key, options);
      known.hmac[algorithm] = true;
    }
    digests.give(owner, digest);
  }

  static copy(owner: object, digest: Digest, options: unknown): void {
    const copy = new Digest(digest.#kind, digest.#algorithm, digest.#key);
    copy.#pending = digest.#pending;
    copy.#encoding = digest.#encoding;
    if (digest.#handle !== 0 || options !== undefined) {
      const { handle } = native.call('crypto.hash.copy', digest.#open(), options) as Held;
      copy.#handle = handle;
      copy.#pending = undefined;
      native.track(copy, handle);
    }
    digests.give(owner, copy);
  }

  /** @throws TypeError for an object that is not a `Hash` or `Hmac` */
  static of(owner: object): Digest {
    return digests.of(owner);
  }

  update(data: unknown, encoding: unknown): void {
    if (this.#handle === 0 && this.#wait(data, encoding)) return;
    const handle = this.#open();
    const given = typeof data === 'string' ? undefined : bytesOf(data);
    if (given === undefined) native.call(`crypto.${this.#kind}.update`, handle, data, encoding);
    else native.fast('update', handle, given);
  }

  digest(encoding: unknown): unknown {
    const name = encoding ? String(encoding) : 'buffer';
    const output = TEXT_ENCODINGS[name];
    const digest =
      output === undefined
        ? native.call(`crypto.${this.#kind}.digest`, this.#open(), name)
        : this.#result(output);
    this.isDone = true;
    return output === 'buffer' ? bufferOf(digest as string | number) : digest;
  }

  #result(encoding: string): string | number {
    if (this.#handle !== 0) return native.fast('digest', this.#handle, encoding);
    const pending = this.#pending ?? '';
    this.#pending = undefined;
    const input = this.#encoding === '' ? 'utf8' : this.#encoding;
    return this.#kind === 'hash'
      ? native.fast('hash', this.#algorithm, pending, input, encoding)
      : native.fast('hmac', this.#algorithm, this.#key, pending, input, encoding);
  }

  /** Keeps an input for the digest, if it can wait. */
  #wait(data: unknown, encoding: unknown): boolean {
    return typeof data === 'string' ? this.#waitText(data, encoding) : this.#waitBytes(data);
  }

  #waitText(data: string, encoding: unknown): boolean {
    const name =
      encoding === undefined
        ? 'utf8'
        : typeof encoding === 'string'
          ? PENDING_ENCODINGS[encoding]
          : undefined;
    if (name === undefined || (name === 'hex' && data.length % 2 !== 0)) return false;
    if (this.#pending === undefined) {
      this.#pending = data;
      this.#encoding = name;
      return true;
    }
    if (typeof this.#pending !== 'string' || name !== 'utf8' || this.#encoding !== 'utf8') return false;
    // Of two texts, Node encodes each by itself: half a character at the end of one does not join the next.
    if (endsInHalf(this.#pending)) return false;
    this.#pending += data;
    return true;
  }

  #waitBytes(data: unknown): boolean {
    const bytes = bytesOf(data);
    if (bytes === undefined || typeof this.#pending === 'string') return false;
    const before = this.#pending?.length ?? 0;
    if (before + bytes.length > MAX_PENDING_BYTES) return false;
    const all = new Uint8Array(before + bytes.length);
    if (this.#pending !== undefined) all.set(this.#pending);
    all.set(bytes, before);
    this.#pending = all;
    return true;
  }

  /** Node's object in the runner, created if there is none yet, with all that waited. */
  #open(): number {
    if (this.#handle !== 0) return this.#handle;
    this.#handle =
      this.#kind === 'hash'
        ? openHandle(this, 'crypto.createHash', this.#algorithm)
        : openHandle(this, 'crypto.createHmac', this.#algorithm, this.#key);
    const pending = this.#pending;
    this.#pending = undefined;
    if (pending !== undefined)
      native.call(`crypto.${this.#kind}.update`, this.#handle, pending, this.#encoding);
    return this.#handle;
  }
}

function bufferOf(result: string | number): unknown {
  return part('buffer').Buffer.from(native.bytesOfResult(result).buffer);
}

function endsInHalf(text: string): boolean {
  const last = text.charCodeAt(text.length - 1);
  return last >= 0xd800 && last <= 0xdbff;
}

const digests = privateState<Digest>();

/** The digest of one input; undefined where only Node's own `crypto.hash` knows what to do. */
export function digestOf(algorithm: string, input: unknown, encoding: unknown): unknown {
  const name = typeof encoding === 'string' ? TEXT_ENCODINGS[encoding] : undefined;
  const given = typeof input === 'string' ? input : ArrayBuffer.isView(input) ? bytesOf(input) : undefined;
  if (name === undefined || given === undefined || ONE_SHOT_ALGORITHMS[algorithm] !== true) return undefined;
  const digest = native.fast<string | number>('hash', algorithm, given, 'utf8', name);
  return name === 'buffer' ? bufferOf(digest) : digest;
}
