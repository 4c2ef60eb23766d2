import { egressOff } from '../modules/errors.js';
import { checkCallback } from './headers.js';
import { outgoingMessage } from './outgoing-message.js';

/** As a script gives them, so of any type. */
interface Options {
  readonly protocol?: string | null;
  readonly method?: unknown;
  readonly host?: unknown;
  readonly hostname?: unknown;
  readonly port?: unknown;
  readonly path?: unknown;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly agent?: { readonly protocol?: string } | false;
}
interface UrlModule {
  URL: new (url: string) => object;
  urlToHttpOptions(url: object): Options;
}

const url = () => require('url') as UrlModule;

/** What `http.request(url, options, callback)` was given, in each of its forms. */
function read(args: readonly unknown[]): { readonly options: Options; readonly callback: unknown } {
  const [first, ...rest] = args;
  let options: Options = {};
  if (typeof first === 'string') options = url().urlToHttpOptions(new (url().URL)(first));
  else if (first instanceof url().URL) options = url().urlToHttpOptions(first);
  else if (typeof first === 'object' && first !== null) options = first;
  const [second] = rest;
  if (typeof second === 'object' && second !== null)
    return { options: { ...options, ...second }, callback: rest[1] };
  return { options, callback: second };
}

/**
 * Makes `http.OutgoingMessage` and `http.ClientRequest`. A request is checked as Node checks it, takes its headers
 * and its body, and comes to nothing but an error.
 */
export function clientClasses() {
  const OutgoingMessage = outgoingMessage();

  class ClientRequest extends OutgoingMessage {
    readonly method: string;
    readonly host: string;
    readonly protocol: string;
    readonly path: string;
    aborted = false;
    reusedSocket = false;
    maxHeadersCount = null;

    /** @param defaultProtocol of the module that makes the request */
    constructor(defaultProtocol: unknown, ...args: unknown[]) {
      const isOurs = typeof defaultProtocol === 'string' && /^https?:$/.test(defaultProtocol);
      const { options, callback } = read(isOurs ? args : [defaultProtocol, ...args]);
      super();
      const expected =
        (typeof options.agent === 'object' && options.agent.protocol) || (isOurs ? defaultProtocol : 'http:');
      this.protocol = options.protocol ?? expected;
      if (this.protocol !== expected) {
        throw Object.assign(
          new TypeError(`Protocol "${this.protocol}" not supported. Expected "${expected}"`),
          { code: 'ERR_INVALID_PROTOCOL' },
        );
      }
      checkCallback(callback);
      this.method = String(options.method ?? 'GET').toUpperCase();
      this.host = String(options.hostname ?? options.host ?? 'localhost');
      this.path = String(options.path ?? '/');
      for (const [name, value] of Object.entries(options.headers ?? {})) this.setHeader(name, value);
      const port = options.port === undefined || options.port === '' ? '' : `:${String(options.port)}`;
      const target = `${this.protocol}//${this.host}${port}${this.path}`;
      // As an address that cannot be reached: in a later turn, to those that listen by then.
      environment.timers.setImmediate(() => {
        if (!this.destroyed) this.destroy(egressOff(target));
      });
      if (typeof callback === 'function') this.once('response', callback as () => void);
    }

    abort(): void {
      this.aborted = true;
      this.destroy();
    }

    setNoDelay(): void {}

    setSocketKeepAlive(): void {}
  }

  return { OutgoingMessage, ClientRequest };
}
