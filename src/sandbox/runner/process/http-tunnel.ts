import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { setImmediate, setTimeout } from 'node:timers';
import { invalidRequest } from './egress-errors.js';

/** Milliseconds until a client must have written; one that waits for the host to write first does not speak HTTP. */
const FIRST_WORD_MS = 1000;

/** One direction of the connection: what is written at one end is read at the other. */
class WritableHalf {
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

  /** The other end reads more. */
  onRead(): void {
    const taken = this.#taken;
    this.#taken = undefined;
    taken?.();
  }
}

/** The server's end of a connection that a client of Node makes in this process. */
export class HttpTunnelSocket extends Duplex {
  readonly #toClient: WritableHalf;
  readonly #toHost = new WritableHalf(this);
  #spoken = false;

  /**
   * Connects a socket of Node, in a later turn. To its owner it looks connected to the host.
   * @param origin of the host, as in URLs: for the requests that come over the connection
   */
  constructor(
    private readonly client: Socket,
    readonly origin: string,
  ) {
    super();
    this.#toClient = new WritableHalf(client);
    Object.assign(client, {
      connecting: true,
      _read: () => this.#toClient.onRead(),
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

  /** Breaks the connection. */
  fail(error: Error): void {
    this.client.destroy(error);
  }

  override _read(): void {
    this.#toHost.onRead();
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

  /** A request of Node's own clients may wait for the script to begin it. */
  #heard(): void {
    if (this.#spoken || '_httpMessage' in this.client) return;
    this.fail(invalidRequest(this.origin, 'the client waits for the server to speak first'));
  }
}

/** Restarts the timeout of a socket. */
function touch(socket: Socket): void {
  if (socket.timeout !== undefined && socket.timeout > 0) socket.setTimeout(socket.timeout);
}
