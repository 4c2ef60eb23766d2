import type { IncomingMessage } from 'node:http';
import type { WebSocket } from 'ws';
import type { Outlet } from './channel.js';
import type { Connection } from './connection.js';
import { Peer } from './peer.js';
import type { ProtocolOptions } from './protocol.options.js';

/** Called for each new peer, once for each gateway. */
export type OnPeer = (peer: Peer, request: IncomingMessage) => void;

/** The peers of one WebSocket server, which several gateways may share. */
export class Endpoint {
  readonly #options: ProtocolOptions;
  readonly #report: Outlet['report'];
  readonly #peers = new Set<Peer>();
  readonly #listeners: OnPeer[] = [];
  readonly #heart: NodeJS.Timeout;
  #onEmpty: (() => void) | undefined;

  constructor(options: ProtocolOptions, report: Outlet['report']) {
    this.#options = options;
    this.#report = report;
    this.#heart = setInterval(() => this.#beat(), options.pingIntervalMs);
    this.#heart.unref();
  }

  onPeer(listener: OnPeer): void {
    this.#listeners.push(listener);
  }

  /** Makes a peer of an upgraded connection: one set of listeners, however many gateways there are. */
  connect(socket: WebSocket, request: IncomingMessage, identity: unknown): void {
    const peer = new Peer(
      connectionOf(socket, request),
      { headers: request.headers, identity },
      this.#options,
      this.#report,
    );
    const { observer } = this.#options;
    observer?.opened();
    this.#peers.add(peer);
    // With ws's default `binaryType` every message is one Buffer.
    socket.on('message', (data: Buffer, isBinary: boolean) => {
      observer?.received(data.length);
      if (isBinary) peer.receiveBinary();
      else peer.receive(data.toString(), data.length);
    });
    socket.on('ping', (data: Buffer) => peer.receivePing(data));
    // ws closes by itself after an error: over-long frame, broken framing, reset. It must only not be unheard.
    socket.on('error', () => undefined);
    socket.on('close', (code: number) => {
      observer?.closed(code);
      this.#peers.delete(peer);
      peer.end();
      if (this.#peers.size === 0) this.#onEmpty?.();
    });
    for (const listener of this.#listeners) listener(peer, request);
  }

  /** Lets requests in flight finish within the grace, then closes every connection. */
  async shutdown(): Promise<void> {
    clearInterval(this.#heart);
    await within(this.#options.shutdownGraceMs, Promise.all([...this.#peers].map((peer) => peer.drain())));
    for (const peer of this.#peers) peer.close(1001, 'shutting down');
    if (this.#peers.size === 0) return;
    await new Promise<void>((resolve) => {
      this.#onEmpty = resolve;
    });
  }

  #beat(): void {
    for (const peer of this.#peers) peer.beat();
  }
}

function connectionOf(socket: WebSocket, request: IncomingMessage): Connection {
  return {
    get bufferedAmount() {
      return socket.bufferedAmount;
    },
    get bytesRead() {
      return request.socket.bytesRead;
    },
    send: (frame, flushed) => socket.send(frame, flushed),
    close: (code, reason) => socket.close(code, reason),
    terminate: () => socket.terminate(),
    pause: () => socket.pause(),
    resume: () => socket.resume(),
    ping: () => socket.ping(),
    pong: (data, flushed) => socket.pong(data, false, flushed),
  };
}

async function within(milliseconds: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  await Promise.race([work, limit]);
  clearTimeout(timer);
}
