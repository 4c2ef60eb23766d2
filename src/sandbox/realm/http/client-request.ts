import type { EgressHandler, EgressStream } from '../../boundary/egress/egress-client.js';
import type { EgressHead } from '../../boundary/egress/egress-types.js';
import { type CodedError, coded, egressFailed } from '../../boundary/coded-errors.js';
import { bytesOf, toLatin1 } from '../../boundary/latin1.js';
import { part } from '../kit/parts.js';
import { checkCallback } from './headers.js';
import { type IncomingMessage, type IncomingMessageClass, incomingMessage } from './incoming-message.js';
import { outgoingMessage } from './outgoing-message.js';
import { ReceiveWindow } from '../../boundary/egress/receive-window.js';
import { authorityOf, headerPairs, pathOf, protocolOf, readArguments } from './request-options.js';
import { type Signal, abortOn } from './abort-on.js';
import { type RequestSocket, requestSocket } from './socket.js';

/** Creates `http.OutgoingMessage`, `http.IncomingMessage` and `http.ClientRequest`, which sends its requests to the gateway. */
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
    readonly #unread = new ReceiveWindow(() => this.#stream as EgressStream);
    #stream: EgressStream | undefined;
    #isOver = false;
    #drained: (() => void) | undefined;

    /** @param defaultProtocol the protocol of the module that is called */
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
        this.setHeader(
          'Authorization',
          `Basic ${part('buffer').Buffer.from(options.auth).toString('base64')}`,
        );
      this.#target = `${this.protocol}//${authority}${/^[/?]/.test(this.path) ? '' : '/'}${this.path}`;
      this.socket = requestSocket(this.protocol === 'https:', (error) => this.destroy(error));
      this.socket.once('timeout', () => this.emit('timeout'));
      if (options.timeout !== undefined) this.socket.setTimeout(Number(options.timeout));
      if (typeof options.signal === 'object' && options.signal !== null)
        abortOn(options.signal as Signal, this);
      if (typeof callback === 'function') this.once('response', callback as () => void);
      // In a later turn, when the caller has added its listeners.
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
      const stream = this.#begin(true);
      this.socket.touch();
      if (stream?.write(toLatin1(toBytes(chunk, encoding))) !== false) callback();
      else this.#drained = callback;
    }

    _final(callback: () => void): void {
      // A request without a content-length has no body.
      this.#begin(Number(this.getHeader('content-length') ?? 0) > 0)?.end();
      callback();
    }

    _destroy(error: unknown, callback: (error?: unknown) => void): void {
      const isCut = !this.#isOver;
      this.#close();
      if (isCut) this.#stream?.abort();
      const { res } = this;
      if (res !== null && !res.complete && !res.destroyed) res.destroy(reset('aborted'));
      callback(error ?? (isCut && res === null ? reset('socket hang up') : undefined));
    }

    #connect(): void {
      if (this.destroyed) return;
      const refusal = part('egress').refusal(this.#target);
      if (refusal !== undefined) return void this.destroy(refusal);
      this.emit('socket', this.socket);
      if (this.hasHeader('expect')) this.emit('continue');
    }

    #begin(hasBody: boolean): EgressStream | undefined {
      const { client } = part('egress');
      if (this.#stream !== undefined || this.destroyed || !client.isOpen) return this.#stream;
      this.headersSent = true;
      const headers = this.rawHeaderList();
      const { method } = this;
      this.#stream = client.request({ method, url: this.#target, headers, hasBody }, this.#handler());
      return this.#stream;
    }

    #handler(): EgressHandler {
      return {
        head: (head) => this.#respond(head),
        data: (text) => {
          this.socket.touch();
          const flowing = this.res?.push(part('buffer').Buffer.from(text, 'latin1')) ?? true;
          this.#unread.received(text.length, flowing);
        },
        ended: () => {
          const { res } = this;
          this.#close();
          if (res === null) return;
          res.complete = true;
          res.push(null);
          environment.timers.setImmediate(() => this.destroy());
        },
        failed: (fault) => this.#fail(egressFailed(fault)),
        drained: () => {
          this.socket.touch();
          const drained = this.#drained;
          this.#drained = undefined;
          drained?.();
        },
      };
    }

    #respond({ status, statusText, headers }: EgressHead): void {
      this.socket.touch();
      const res = new Incoming(this.socket);
      Object.assign(res, { statusCode: status, statusMessage: statusText, rawHeaders: headers, req: this });
      res.onWanted = () => this.#unread.release();
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

/** Node's error for a connection that is reset. */
function reset(message: string): CodedError {
  return coded(new Error(message), 'ECONNRESET');
}

/** The bytes that a script writes: text, or bytes of any kind. */
function toBytes(chunk: unknown, encoding: unknown): Uint8Array {
  const { Buffer } = part('buffer');
  if (typeof chunk !== 'string') return bytesOf(chunk) ?? Buffer.from(chunk);
  return Buffer.from(chunk, typeof encoding === 'string' && encoding !== 'buffer' ? encoding : 'utf8');
}
