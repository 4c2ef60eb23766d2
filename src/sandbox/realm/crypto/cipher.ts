import { native } from '../kit/native-calls.js';
import { lazyStream } from './lazy-stream.js';
import { hold, settle } from './stateful.js';

type Callback = (error?: unknown) => void;
interface Pushing {
  push(chunk: unknown): void;
}

/** What `Cipheriv` and `Decipheriv` share. */
abstract class CipherBase extends lazyStream('Transform') {
  readonly #handle: number;

  constructor(operation: string, args: readonly unknown[]) {
    super(args[3]);
    this.#handle = hold(this, operation, ...args);
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
    settle(callback, () => this.push(this.update(chunk, encoding === 'buffer' ? undefined : encoding)));
  }

  _flush(this: this & Pushing, callback: Callback): void {
    settle(callback, () => this.push(this.final()));
  }

  /** Not Node's: for the two classes below. */
  protected call(method: string, ...args: unknown[]): unknown {
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
