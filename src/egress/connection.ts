import { createRequire } from 'node:module';
import type { Socket } from 'node:net';
import type Undici from 'undici';
import type { buildConnector, Client, Dispatcher } from 'undici';
import type { DialTarget } from './dialer.js';

const KEEP_ALIVE_MS = 10_000;

/** Opens the socket of a connection; the signal aborts the attempt. */
export type Dial = (target: DialTarget, signal: AbortSignal) => Promise<Socket>;

/** A connection to one origin for one tenant. It carries one request at a time, and is dialled for the first. */
export class Connection {
  readonly #client: Client;
  readonly #ending = new AbortController();
  #dialling: Promise<void> = Promise.resolve();

  /** @param lost called each time that either side closed the connection */
  constructor(
    readonly tenant: string,
    readonly origin: string,
    private readonly dial: Dial,
    lost: (connection: Connection) => void,
  ) {
    this.#client = new (undici().Client)(origin, {
      connect: (target, done) => {
        this.#dialling = this.#connect(target, done);
      },
      pipelining: 1,
      keepAliveTimeout: KEEP_ALIVE_MS,
      keepAliveMaxTimeout: KEEP_ALIVE_MS,
    });
    this.#client.on('disconnect', () => lost(this));
  }

  get dispatcher(): Dispatcher {
    return this.#client;
  }

  get isOpen(): boolean {
    return this.#client.stats.connected;
  }

  /** Closes it and aborts a dial; resolves once the descriptor is closed. */
  async destroy(): Promise<void> {
    this.#ending.abort(new Error('aborted'));
    await this.#client.destroy();
    await this.#dialling;
  }

  async #connect(target: buildConnector.Options, done: buildConnector.Callback): Promise<void> {
    let socket: Socket;
    try {
      socket = await this.dial(target, this.#ending.signal);
    } catch (error) {
      done(error as Error, null);
      return;
    }
    done(null, socket);
  }
}

let loaded: typeof Undici | undefined;

/** Loaded with the first request: it takes a tenth of the start time, and most services have no egress. */
function undici(): typeof Undici {
  return (loaded ??= createRequire(import.meta.url)('undici') as typeof Undici);
}
