import type { OperationName } from '../../boundary/node-functions.js';
import { native } from '../kit/native-calls.js';
import { lazyStream } from './lazy-stream.js';
import { openHandle, reportTo } from '../kit/handle.js';

type Callback = (error?: unknown) => void;

abstract class SignatureBase extends lazyStream('Writable') {
  readonly #handle: number;
  readonly #kind: 'sign' | 'verify';

  constructor(kind: 'sign' | 'verify', operation: OperationName, algorithm: unknown, options: unknown) {
    super(options);
    this.#kind = kind;
    this.#handle = openHandle(this, operation, algorithm, options);
  }

  update(data: unknown, encoding?: unknown): this {
    this.call(`crypto.${this.#kind}.update`, data, encoding);
    return this;
  }

  _write(chunk: unknown, encoding: unknown, callback: Callback): void {
    reportTo(callback, () => void this.update(chunk, encoding === 'buffer' ? undefined : encoding));
  }

  /** Node has no such method; it is for the two classes below. */
  protected call(operation: OperationName, ...args: unknown[]): unknown {
    return native.call(operation, this.#handle, ...args);
  }
}

export class Sign extends SignatureBase {
  constructor(algorithm: unknown, options?: unknown) {
    super('sign', 'crypto.createSign', algorithm, options);
  }

  sign(key: unknown, outputEncoding?: unknown): unknown {
    return this.call('crypto.sign.sign', key, outputEncoding);
  }
}

export class Verify extends SignatureBase {
  constructor(algorithm: unknown, options?: unknown) {
    super('verify', 'crypto.createVerify', algorithm, options);
  }

  verify(key: unknown, signature: unknown, signatureEncoding?: unknown): unknown {
    return this.call('crypto.verify.verify', key, signature, signatureEncoding);
  }
}
