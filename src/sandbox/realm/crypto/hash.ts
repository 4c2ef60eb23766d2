import { native } from '../kit/native-calls.js';
import type { Held } from '../kit/wire-decode.js';
import { lazyStream } from './lazy-stream.js';
import { finalized, hold, settle } from './stateful.js';

type Callback = (error?: unknown) => void;
interface Pushing {
  push(chunk: unknown): void;
}

/** Marks the constructor's call that wraps a copy which Node has made already. */
const copied = Symbol('copied');

/** `crypto.Hash`, of Node's own making behind a handle. */
export class Hash extends lazyStream('Transform') {
  readonly #handle: number;
  #isDone = false;

  constructor(algorithm: unknown, options?: unknown, from?: { readonly [copied]: number }) {
    super(options);
    this.#handle = from === undefined ? hold(this, 'crypto.createHash', algorithm, options) : from[copied];
  }

  copy(options?: unknown): Hash {
    this.#check();
    const { handle } = native.call('crypto.hash.copy', this.#handle, options) as Held;
    const copy = new Hash(undefined, options, { [copied]: handle });
    native.track(copy, handle);
    return copy;
  }

  update(data: unknown, encoding?: unknown): this {
    if (this.#isDone) throw finalized('ERR_CRYPTO_HASH_FINALIZED', 'Digest already called');
    native.call('crypto.hash.update', this.#handle, data, encoding);
    return this;
  }

  digest(encoding?: unknown): unknown {
    this.#check();
    const digest = native.call('crypto.hash.digest', this.#handle, encoding);
    this.#isDone = true;
    return digest;
  }

  _transform(chunk: unknown, encoding: unknown, callback: Callback): void {
    settle(callback, () => void this.update(chunk, encoding === 'buffer' ? undefined : encoding));
  }

  _flush(this: this & Pushing, callback: Callback): void {
    settle(callback, () => this.push(this.digest()));
  }

  #check(): void {
    if (this.#isDone) throw finalized('ERR_CRYPTO_HASH_FINALIZED', 'Digest already called');
  }
}

/** `crypto.Hmac`. Once done it gives empty digests, as Node's does. */
export class Hmac extends lazyStream('Transform') {
  readonly #handle: number;
  #isDone = false;

  constructor(algorithm: unknown, key: unknown, options?: unknown) {
    super(options);
    this.#handle = hold(this, 'crypto.createHmac', algorithm, key, options);
  }

  update(data: unknown, encoding?: unknown): this {
    if (this.#isDone) throw finalized('ERR_CRYPTO_HASH_FINALIZED', 'Digest already called');
    native.call('crypto.hmac.update', this.#handle, data, encoding);
    return this;
  }

  digest(encoding?: unknown): unknown {
    if (this.#isDone) {
      const { Buffer } = require('buffer') as { Buffer: { from(text: string): unknown } };
      return encoding === undefined || encoding === 'buffer' ? Buffer.from('') : '';
    }
    const digest = native.call('crypto.hmac.digest', this.#handle, encoding);
    this.#isDone = true;
    return digest;
  }

  _transform(chunk: unknown, encoding: unknown, callback: Callback): void {
    settle(callback, () => void this.update(chunk, encoding === 'buffer' ? undefined : encoding));
  }

  _flush(this: this & Pushing, callback: Callback): void {
    settle(callback, () => this.push(this.digest()));
  }
}
