import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { setImmediate, setTimeout } from 'node:timers';
import { invalidRequest } from './egress-errors.js';

/** Milliseconds in which a client says the first word; who waits for one of the host does not speak HTTP. */
const FIRST_WORD_MS = 1000;

/** What is written at one end comes out at the other, as it is read there. */
class Way {
  #taken: (() => void) | undefined;

  constructor(private readonly out: Duplex) {}

  write(bytes: Buffer, taken: () => void): void {
    if (bytes.length === 0) return taken();
    this.#taken = taken;
    this.out.push(bytes);
  }

  end(): void {
    this.out.push(null);
  }

  /** More is wanted at its other end. */
  wanted(): void {
    const taken = this.#taken;
    this.#taken = undefined;
    taken?.();
  }
}

/** The host's end of a connection: this side of the gateway. */
export class HostEnd extends Duplex {
  readonly #toClient: Way;
  readonly #toHost = new Way(this);
  #spoken = false;

  /**
   * Connects a socket of Node's, in a later turn. To its owner it is connected to the host.
   * @param origin of the host, as in URLs: for the requests that come over it
   */
  constructor(
    private readonly client: Socket,
    readonly origin: string,
  ) {
    super();
    this.#toClient = new Way(client);
    Object.assign(client, {
      connecting: true,
      _read: () => this.#toClient.wanted(),
      _write: (chunk: Buffer | string, encoding: BufferEncoding, done: () => void) => {
        this.#spoken = true;
        touch(client);
        this.#toHost.write(typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk, done);
      },
      _writev: null,
      _final: (done: () => void) => {
        this.#toHost.end();
        done();
      },
      ref: () => client,
      unref: () => client,
    });
    client.once('close', () => this.destroy());
    this.once('close', () => this.#toClient.end());
    setImmediate(() => this.#connected());
    setTimeout(() => this.#heard(), FIRST_WORD_MS).unref();
  }

  /** The connection fails, as one does that is cut. */
  fail(error: Error): void {
    this.client.destroy(error);
  }

  override _read(): void {
    this.#toHost.wanted();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    touch(this.client);
    this.#toClient.write(chunk, done);
  }

  override _final(done: () => void): void {
    this.#toClient.end();
    done();
  }

  #connected(): void {
    const { client } = this;
    if (client.destroyed) return;
    Object.assign(client, { connecting: false, secureConnecting: false });
    for (const event of ['connect', 'ready', ...('encrypted' in client ? ['secureConnect'] : [])])
      client.emit(event);
  }

  /** A request of Node's own may wait for its author to begin it. */
  #heard(): void {
    if (this.#spoken || '_httpMessage' in this.client) return;
    this.fail(invalidRequest(this.origin, 'the client waits for the server to speak first'));
  }
}

/** The time-out of a socket begins again. */
function touch(socket: Socket): void {
  if (socket.timeout !== undefined && socket.timeout > 0) socket.setTimeout(socket.timeout);
}
