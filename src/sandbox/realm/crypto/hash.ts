import { native } from '../kit/native-calls.js';
import type { Held } from '../kit/wire-decode.js';
import { lazyStream } from './lazy-stream.js';
import { coded } from '../../boundary/coded-errors.js';
import { openHandle, reportTo } from '../kit/handle.js';
import { part } from '../kit/parts.js';

type Callback = (error?: unknown) => void;
interface Pushing {
  push(chunk: unknown): void;
}

/** Marks the constructor's call for a copy that already has its handle. */
const copied = Symbol('copied');

/** `crypto.Hash`; it stands for a hash of Node in the runner. */
export class Hash extends lazyStream('Transform') {
  readonly #handle: number;
  #isDone = false;

  constructor(algorithm: unknown, options?: unknown, from?: { readonly [copied]: number }) {
    super(options);
    this.#handle =
      from === undefined ? openHandle(this, 'crypto.createHash', algorithm, options) : from[copied];
  }

  copy(options?: unknown): Hash {
    this.#check();
    const { handle } = native.call('crypto.hash.copy', this.#handle, options) as Held;
    const copy = new Hash(undefined, options, { [copied]: handle });
    native.track(copy, handle);
    return copy;
  }

  update(data: unknown, encoding?: unknown): this {
    if (this.#isDone) throw finalized();
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
    reportTo(callback, () => void this.update(chunk, encoding === 'buffer' ? undefined : encoding));
  }

  _flush(this: this & Pushing, callback: Callback): void {
    reportTo(callback, () => this.push(this.digest()));
  }

  #check(): void {
    if (this.#isDone) throw finalized();
  }
}

/** `crypto.Hmac`. After its digest it returns empty ones, as in Node. */
export class Hmac extends lazyStream('Transform') {
  readonly #handle: number;
  #isDone = false;

  constructor(algorithm: unknown, key: unknown, options?: unknown) {
    super(options);
    this.#handle = openHandle(this, 'crypto.createHmac', algorithm, key, options);
  }

  update(data: unknown, encoding?: unknown): this {
    if (this.#isDone) throw finalized();
    native.call('crypto.hmac.update', this.#handle, data, encoding);
    return this;
  }

  digest(encoding?: unknown): unknown {
    if (this.#isDone)
      return encoding === undefined || encoding === 'buffer' ? part('buffer').Buffer.from('') : '';
    const digest = native.call('crypto.hmac.digest', this.#handle, encoding);
    this.#isDone = true;
    return digest;
  }

  _transform(chunk: unknown, encoding: unknown, callback: Callback): void {
    reportTo(callback, () => void this.update(chunk, encoding === 'buffer' ? undefined : encoding));
  }

  _flush(this: this & Pushing, callback: Callback): void {
    reportTo(callback, () => this.push(this.digest()));
  }
}

function finalized(): Error {
  return coded(new Error('Digest already called'), 'ERR_CRYPTO_HASH_FINALIZED');
}
