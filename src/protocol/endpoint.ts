import type { IncomingMessage } from 'node:http';
import type { WebSocket } from 'ws';
import type { ReplySink } from './channel.js';
import type { Account } from './flow-control.js';
import { Peer } from './peer.js';
import type { ProtocolOptions, Upgrade } from './protocol.options.js';
import { SocketConnection } from './socket-connection.js';

/** Memory of a connection besides the bytes charged to its account: objects, and free bytes in both directions. */
const CONNECTION_BYTES = 24 * 1024;
/** Interval of the check for unfinished frames. */
const SWEEP_MS = 1000;

/** Called for each new peer, once per gateway. */
export type OnPeer = (peer: Peer, request: IncomingMessage) => void;

/** The peers of one WebSocket server, which several gateways may share. */
export class Endpoint {
  readonly #options: ProtocolOptions;
  readonly #report: ReplySink['report'];
  readonly #peers = new Map<Peer, SocketConnection>();
  readonly #listeners: OnPeer[] = [];
  readonly #heart: NodeJS.Timeout;
  readonly #sweeper: NodeJS.Timeout;
  #onEmpty: (() => void) | undefined;

  constructor(options: ProtocolOptions, report: ReplySink['report']) {
    this.#options = options;
    this.#report = report;
    this.#heart = setInterval(() => this.#beat(), options.pingIntervalMs);
    this.#heart.unref();
    this.#sweeper = setInterval(() => this.#sweep(), SWEEP_MS);
    this.#sweeper.unref();
  }

  onPeer(listener: OnPeer): void {
    this.#listeners.push(listener);
  }

  /**
   * Reserves the memory of a connection; {@link connect} or {@link leave} must follow.
   * @returns false if it exceeds the budget of the account
   */
  enter(account = ''): boolean {
    return this.#options.memory.take(account, CONNECTION_BYTES);
  }

  leave(account = ''): void {
    this.#options.memory.release(account, CONNECTION_BYTES);
  }

  /** Creates the peer of an upgraded connection, with one set of listeners for all gateways. */
  connect(socket: WebSocket, request: IncomingMessage, upgrade: Omit<Upgrade, 'headers'>): void {
    const account: Account = { name: upgrade.account ?? '', budget: this.#options.memory };
    socket.once('close', () => this.leave(account.name));
    const connection = new SocketConnection(socket, request, account, () => peer.refuseFrame());
    const peer = new Peer(connection, { ...upgrade, headers: request.headers }, this.#options, this.#report);
    const { observer } = this.#options;
    observer?.opened();
    this.#peers.set(peer, connection);
    // With ws's default `binaryType` every message is one Buffer.
    socket.on('message', (data: Buffer, isBinary: boolean) => {
      connection.whole();
      observer?.received(data.length);
      if (isBinary) peer.receiveBinary();
      else peer.receive(data);
    });
    socket.on('ping', (data: Buffer) => {
      connection.control(data.length);
      peer.receivePing(data);
    });
    socket.on('pong', (data: Buffer) => {
      connection.control(data.length);
      peer.receivePong();
    });
    // ws closes the connection itself after an error (frame too large, invalid framing, reset), but needs a listener.
    socket.on('error', () => undefined);
    socket.on('close', (code: number) => {
      observer?.closed(code);
      this.#peers.delete(peer);
      peer.end();
      if (this.#peers.size === 0) this.#onEmpty?.();
    });
    for (const listener of this.#listeners) listener(peer, request);
  }

  /** Lets requests in flight finish within the grace period, then closes every connection. */
  async shutdown(): Promise<void> {
    clearInterval(this.#heart);
    clearInterval(this.#sweeper);
    await within(
      this.#options.shutdownGraceMs,
      Promise.all([...this.#peers.keys()].map((peer) => peer.drain())),
    );
    for (const peer of this.#peers.keys()) peer.close(1001, 'shutting down');
    if (this.#peers.size === 0) return;
    await new Promise<void>((resolve) => {
      this.#onEmpty = resolve;
    });
  }

  #sweep(): void {
    const before = performance.now() - this.#options.frameTimeoutMs;
    for (const [peer, { unfinishedSince = Infinity }] of this.#peers)
      if (unfinishedSince < before) peer.close(1008, 'frame timeout');
  }

  #beat(): void {
    for (const peer of this.#peers.keys()) peer.beat();
  }
}

async function within(milliseconds: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  await Promise.race([work, limit]);
  clearTimeout(timer);
}
