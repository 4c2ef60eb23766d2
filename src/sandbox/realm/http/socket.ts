import { type Emitter, part } from '../kit/parts.js';
import type { Timer } from '../loader/environment.js';

/** Stands for the socket of a request, which only the gateway has: it has timeouts, and can destroy the request. */
export interface RequestSocket extends Emitter {
  destroyed: boolean;
  setTimeout(ms: number, callback?: () => void): RequestSocket;
  /** Restarts the timeout, after bytes were sent or received. */
  touch(): void;
  /** Closes the socket after the request. */
  close(): void;
}

/** @param end destroys the request */
export function requestSocket(isSecure: boolean, end: (error?: unknown) => void): RequestSocket {
  const EventEmitter = part('events');

  class Socket extends EventEmitter {
    readonly connecting = false;
    readonly readable = true;
    readonly writable = true;
    readonly encrypted = isSecure;
    readonly authorized = isSecure;
    destroyed = false;
    timeout = 0;
    #timer: Timer | undefined;

    setTimeout(ms: number, callback?: () => void): this {
      this.timeout = ms;
      if (callback !== undefined && this.timeout > 0) this.once('timeout', callback);
      this.touch();
      return this;
    }
    touch(): void {
      if (this.#timer !== undefined) environment.timers.clearTimeout(this.#timer);
      this.#timer = undefined;
      if (!(this.timeout > 0) || this.destroyed) return;
      this.#timer = environment.timers.setTimeout(() => this.emit('timeout'), this.timeout);
    }
    destroy(error?: unknown): this {
      if (!this.destroyed) end(error);
      return this;
    }
    close(): void {
      if (this.destroyed) return;
      this.destroyed = true;
      this.touch();
      this.emit('close', false);
    }
    end(): this {
      return this;
    }
    setNoDelay(): this {
      return this;
    }
    setKeepAlive(): this {
      return this;
    }
    ref(): this {
      return this;
    }
    unref(): this {
      return this;
    }
    address(): object {
      return {};
    }
    getPeerCertificate(): object {
      return {};
    }
  }

  return new Socket();
}
