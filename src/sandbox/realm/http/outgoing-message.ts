import { invalidArgument } from '../../boundary/coded-errors.js';
import { part } from '../kit/parts.js';
import { validateHeaderName, validateHeaderValue } from './headers.js';

type Value = string | number | readonly string[];

/** Creates `http.OutgoingMessage`: a stream with headers. */
export function outgoingMessage() {
  const { Writable } = part('stream');

  return class OutgoingMessage extends Writable {
    headersSent = false;
    sendDate = false;
    chunkedEncoding = false;
    shouldKeepAlive = true;
    readonly socket: unknown = null;
    readonly #headers = new Map<string, readonly [name: string, value: Value]>();

    constructor(options?: object) {
      // The response decides when the request is destroyed.
      super({ ...options, decodeStrings: false, autoDestroy: false });
    }

    get connection(): unknown {
      return this.socket;
    }

    get finished(): boolean {
      return this.writableEnded;
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

    /** Name, value, name, value: as the request sends them. */
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
