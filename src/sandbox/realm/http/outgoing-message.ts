import { invalidArgument } from '../../boundary/module-errors.js';
import { validateHeaderName, validateHeaderValue } from './headers.js';

type Value = string | number | readonly string[];
/** What is used of the context's own `stream.Writable`. */
export interface WritableStream {
  readonly destroyed: boolean;
  once(event: string, listener: (...args: never[]) => void): unknown;
  destroy(error?: unknown): unknown;
  emit(event: string, ...args: unknown[]): boolean;
  end(...args: unknown[]): unknown;
}

/** Makes `http.OutgoingMessage`: a stream with headers. */
export function outgoingMessage() {
  const { Writable } = require('stream') as { Writable: new (options?: object) => WritableStream };

  return class OutgoingMessage extends Writable {
    headersSent = false;
    sendDate = false;
    chunkedEncoding = false;
    shouldKeepAlive = true;
    readonly socket: unknown = null;
    readonly #headers = new Map<string, readonly [name: string, value: Value]>();

    constructor(options?: object) {
      // What comes after the body decides when it ends.
      super({ ...options, decodeStrings: false, autoDestroy: false });
    }

    get connection(): unknown {
      return this.socket;
    }

    get finished(): boolean {
      return (this as unknown as { writableEnded: boolean }).writableEnded;
    }

    setHeader(name: unknown, value: unknown): this {
      validateHeaderName(name);
      validateHeaderValue(name, value);
      this.#headers.set(name.toLowerCase(), [name, value as Value]);
      return this;
    }

    appendHeader(name: string, value: unknown): this {
      const known = this.getHeader(name);
      const all = [known ?? [], value].flat() as string[];
      return this.setHeader(name, all.length === 1 ? all[0] : all);
    }

    setHeaders(headers: Iterable<readonly [string, unknown]>): this {
      for (const [name, value] of headers) this.setHeader(name, value);
      return this;
    }

    getHeader(name: unknown): Value | undefined {
      if (typeof name !== 'string') throw invalidArgument('name', 'of type string', name);
      return this.#headers.get(name.toLowerCase())?.[1];
    }

    hasHeader(name: unknown): boolean {
      return this.getHeader(name) !== undefined;
    }

    removeHeader(name: unknown): void {
      if (typeof name !== 'string') throw invalidArgument('name', 'of type string', name);
      this.#headers.delete(name.toLowerCase());
    }

    getHeaders(): Record<string, Value> {
      const headers = Object.create(null) as Record<string, Value>;
      for (const [key, [, value]] of this.#headers) headers[key] = value;
      return headers;
    }

    getHeaderNames(): string[] {
      return [...this.#headers.keys()];
    }

    getRawHeaderNames(): string[] {
      return [...this.#headers.values()].map(([name]) => name);
    }

    /** Name, value, name, value: as they are sent. */
    protected rawHeaderList(): string[] {
      return [...this.#headers.values()].flatMap(([name, value]) =>
        (Array.isArray(value) ? value : [value]).flatMap((one: unknown) => [name, String(one)]),
      );
    }

    flushHeaders(): void {}

    addTrailers(): void {}

    setTimeout(_ms: number, callback?: () => void): this {
      if (callback !== undefined) this.once('timeout', callback);
      return this;
    }

    _write(_chunk: unknown, _encoding: unknown, callback: () => void): void {
      callback();
    }
  };
}
