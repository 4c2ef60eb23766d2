import type { CRYPTO_OBJECTS } from '../../boundary/node-functions.js';
import { native } from '../kit/native-calls.js';
import { lazyStream } from './lazy-stream.js';
import { openHandle, reportTo } from '../kit/handle.js';

type Callback = (error?: unknown) => void;
type CipherMethod = (typeof CRYPTO_OBJECTS)['cipher']['methods'][number];
interface Pushing {
  push(chunk: unknown): void;
}

/** The common base of `Cipheriv` and `Decipheriv`. */
abstract class CipherBase extends lazyStream('Transform') {
  readonly #handle: number;

  constructor(operation: 'crypto.createCipheriv' | 'crypto.createDecipheriv', args: readonly unknown[]) {
    super(args[3]);
    this.#handle = openHandle(this, operation, ...args);
  }

  update(data: unknown, inputEncoding?: unknown, outputEncoding?: unknown): unknown {
    return this.call('update', data, inputEncoding, outputEncoding);
  }

  final(outputEncoding?: unknown): unknown {
    return this.call('final', outputEncoding);
  }

  setAutoPadding(padding?: unknown): this {
    this.call('setAutoPadding', padding);
    return this;
  }

  setAAD(data: unknown, options?: unknown): this {
    this.call('setAAD', data, options);
    return this;
  }

  _transform(this: this & Pushing, chunk: unknown, encoding: unknown, callback: Callback): void {
    reportTo(callback, () => this.push(this.update(chunk, encoding === 'buffer' ? undefined : encoding)));
  }

  _flush(this: this & Pushing, callback: Callback): void {
    reportTo(callback, () => this.push(this.final()));
  }

  /** Node has no such method; it is for the two classes below. */
  protected call(method: CipherMethod, ...args: unknown[]): unknown {
    return native.call(`crypto.cipher.${method}`, this.#handle, ...args);
  }
}

export class Cipheriv extends CipherBase {
  constructor(...args: unknown[]) {
    super('crypto.createCipheriv', args);
  }

  getAuthTag(): unknown {
    return this.call('getAuthTag');
  }
}

export class Decipheriv extends CipherBase {
  constructor(...args: unknown[]) {
    super('crypto.createDecipheriv', args);
  }

  setAuthTag(tag: unknown, encoding?: unknown): this {
    this.call('setAuthTag', tag, encoding);
    return this;
  }
}
