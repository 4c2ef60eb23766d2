import { native } from '../kit/native-calls.js';
import { lazyStream } from './lazy-stream.js';
import { hold, settle } from './stateful.js';

type Callback = (error?: unknown) => void;

abstract class SignatureBase extends lazyStream('Writable') {
  readonly #handle: number;
  readonly #kind: 'sign' | 'verify';

  constructor(kind: 'sign' | 'verify', operation: string, algorithm: unknown, options: unknown) {
    super(options);
    this.#kind = kind;
    this.#handle = hold(this, operation, algorithm, options);
  }

  update(data: unknown, encoding?: unknown): this {
    this.call('update', data, encoding);
    return this;
  }

  _write(chunk: unknown, encoding: unknown, callback: Callback): void {
    settle(callback, () => void this.update(chunk, encoding === 'buffer' ? undefined : encoding));
  }

  /** Not Node's: for the two classes below. */
  protected call(method: string, ...args: unknown[]): unknown {
    return native.call(`crypto.${this.#kind}.${method}`, this.#handle, ...args);
  }
}

export class Sign extends SignatureBase {
  constructor(algorithm: unknown, options?: unknown) {
    super('sign', 'crypto.createSign', algorithm, options);
  }

  sign(key: unknown, outputEncoding?: unknown): unknown {
    return this.call('sign', key, outputEncoding);
  }
}

export class Verify extends SignatureBase {
  constructor(algorithm: unknown, options?: unknown) {
    super('verify', 'crypto.createVerify', algorithm, options);
  }

  verify(key: unknown, signature: unknown, signatureEncoding?: unknown): unknown {
    return this.call('verify', key, signature, signatureEncoding);
  }
}
