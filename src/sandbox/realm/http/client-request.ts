import type { Exchange, ExchangeHead, ExchangeListener } from '../../boundary/egress/exchanges.js';
import type { CodedError } from '../../boundary/module-errors.js';
import { buffer, encoded, toBytes } from './body-bytes.js';
import { egress } from './egress.js';
import { checkCallback } from './headers.js';
import { type IncomingMessage, type IncomingMessageClass, incomingMessage } from './incoming-message.js';
import { outgoingMessage } from './outgoing-message.js';
import { Reading } from '../../boundary/reading.js';
import { authorityOf, headerPairs, pathOf, protocolOf, readArguments } from './request-options.js';
import { type Signal, obey } from './obey.js';
import { type RequestSocket, requestSocket } from './socket.js';

/** Makes `http.OutgoingMessage`, `http.IncomingMessage` and `http.ClientRequest`. Its requests go through the gateway. */
export function clientClasses() {
  const OutgoingMessage = outgoingMessage();
  const Incoming: IncomingMessageClass = incomingMessage();

  class ClientRequest extends OutgoingMessage {
    readonly method: string;
    readonly host: string;
    readonly protocol: string;
    readonly path: string;
    readonly agent: unknown;
    override readonly socket: RequestSocket;
    aborted = false;
    reusedSocket = false;
    maxHeadersCount = null;
    res: IncomingMessage | null = null;
    readonly #target: string;
    readonly #reading = new Reading(() => this.#exchange as Exchange);
    #exchange: Exchange | undefined;
    #isOver = false;
    #drained: (() => void) | undefined;

    /** @param defaultProtocol of the module that makes the request */
    constructor(defaultProtocol: unknown, ...args: unknown[]) {
      const isOurs = typeof defaultProtocol === 'string' && /^https?:$/.test(defaultProtocol);
      const { options, callback } = readArguments(isOurs ? args : [defaultProtocol, ...args]);
      super();
      this.protocol = protocolOf(options, isOurs ? defaultProtocol : 'http:');
      checkCallback(callback);
      this.method = String(options.method ?? 'GET').toUpperCase();
      this.host = String(options.hostname ?? options.host ?? 'localhost');
      this.path = pathOf(options);
      this.agent = options.agent;
      for (const [name, value] of headerPairs(options.headers)) this.setHeader(name, value);
      const authority = authorityOf(options, this.protocol);
      if (options.setHost !== false && !this.hasHeader('host')) this.setHeader('Host', authority);
      if (typeof options.auth === 'string' && !this.hasHeader('authorization'))
        this.setHeader('Authorization', `Basic ${encoded(options.auth)}`);
      this.#target = `${this.protocol}//${authority}${/^[/?]/.test(this.path) ? '' : '/'}${this.path}`;
      this.socket = requestSocket(this.protocol === 'https:', (error) => this.destroy(error));
      this.socket.once('timeout', () => this.emit('timeout'));
      if (options.timeout !== undefined) this.socket.setTimeout(Number(options.timeout));
      if (typeof options.signal === 'object' && options.signal !== null) obey(this, options.signal as Signal);
      if (typeof callback === 'function') this.once('response', callback as () => void);
      // In a later turn, to those that listen by then.
      environment.timers.setImmediate(() => this.#connect());
    }

    abort(): void {
      if (this.aborted) return;
      this.aborted = true;
      environment.timers.setImmediate(() => this.emit('abort'));
      this.destroy();
    }

    override setTimeout(ms: number, callback?: () => void): this {
      if (callback !== undefined) this.once('timeout', callback);
      this.socket.setTimeout(ms);
      return this;
    }

    setNoDelay(): void {}

    setSocketKeepAlive(): void {}

    override flushHeaders(): void {
      this.#begin(true);
    }

    override end(...args: unknown[]): unknown {
      const [first, second] = args;
      const chunk = typeof first === 'function' ? undefined : first;
      if (
        !this.headersSent &&
        chunk !== undefined &&
        chunk !== null &&
        !this.hasHeader('transfer-encoding')
      ) {
        const length = toBytes(chunk, second).length;
        if (!this.hasHeader('content-length')) this.setHeader('Content-Length', length);
      }
      return super.end(...args);
    }

    override _write(chunk: unknown, encoding: unknown, callback: () => void): void {
      const exchange = this.#begin(true);
      this.socket.touch();
      if (exchange?.write(toBytes(chunk, encoding)) !== false) callback();
      else this.#drained = callback;
    }

    _final(callback: () => void): void {
      // What has no body says so by its length, or by none.
      this.#begin(Number(this.getHeader('content-length') ?? 0) > 0)?.end();
      callback();
    }

    _destroy(error: unknown, callback: (error?: unknown) => void): void {
      const isCut = !this.#isOver;
      this.#close();
      if (isCut) this.#exchange?.abort();
      const { res } = this;
      if (res !== null && !res.complete && !res.destroyed) res.destroy(reset('aborted'));
      callback(error ?? (isCut && res === null ? reset('socket hang up') : undefined));
    }

    #connect(): void {
      if (this.destroyed) return;
      const off = egress().refusal(this.#target);
      if (off !== undefined) return void this.destroy(off);
      this.emit('socket', this.socket);
      if (this.hasHeader('expect')) this.emit('continue');
    }

    #begin(hasBody: boolean): Exchange | undefined {
      const { exchanges, refusal } = egress();
      if (this.#exchange !== undefined || this.destroyed || refusal('') !== undefined) return this.#exchange;
      this.headersSent = true;
      const headers = this.rawHeaderList();
      const { method } = this;
      this.#exchange = exchanges.begin({ method, url: this.#target, headers, hasBody }, this.#listener());
      return this.#exchange;
    }

    #listener(): ExchangeListener {
      return {
        head: (head) => this.#respond(head),
        data: (bytes) => {
          this.socket.touch();
          const flows = this.res?.push(buffer().from(bytes.buffer)) ?? true;
          this.#reading.got(bytes.length, flows);
        },
        ended: () => {
          const { res } = this;
          this.#close();
          if (res === null) return;
          res.complete = true;
          res.push(null);
          environment.timers.setImmediate(() => this.destroy());
        },
        failed: (fault) => this.#fail(egress().errorOf(fault)),
        drained: () => {
          this.socket.touch();
          const drained = this.#drained;
          this.#drained = undefined;
          drained?.();
        },
      };
    }

    #respond({ status, statusText, headers }: ExchangeHead): void {
      this.socket.touch();
      const res = new Incoming(this.socket);
      Object.assign(res, { statusCode: status, statusMessage: statusText, rawHeaders: headers, req: this });
      res.onWanted = () => this.#reading.more();
      this.res = res;
      if (!this.emit('response', res)) res.resume();
    }

    #fail(error: CodedError): void {
      this.#close();
      this.res?.destroy(error);
      this.destroy(this.res === null ? error : undefined);
    }

    #close(): void {
      this.#isOver = true;
      this.socket.close();
    }
  }

  return { OutgoingMessage, IncomingMessage: Incoming, ClientRequest };
}

/** As Node's, of a connection that is cut. */
function reset(message: string): CodedError {
  return Object.assign(new Error(message), { code: 'ECONNRESET' });
}
