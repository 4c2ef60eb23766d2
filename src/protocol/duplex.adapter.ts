import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type INestApplicationContext, Logger } from '@nestjs/common';
import { WsAdapter } from '@nestjs/platform-ws';
import type { MessageMappingProperties } from '@nestjs/websockets';
import type { ServerOptions, WebSocketServer } from 'ws';
import { FairScheduler } from '../json-text/index.js';
import { Endpoint, type OnPeer } from './endpoint.js';
import { describeFault } from './fault.js';
import type { Peer } from './peer.js';
import { DEFAULT_PROTOCOL_OPTIONS, type Admission, type ProtocolOptions } from './protocol.options.js';
import { TextMethod } from './text-method.js';
import { pathOf, refuseUpgrade } from './upgrade.js';

/** A thousand upgrades at once take half a second; one scheduler for the process, as there is one event loop. */
const UPGRADES_TURN_MS = 3;
const upgrades = new FairScheduler(UPGRADES_TURN_MS);

type UpgradeListener = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/**
 * Serves Nest gateways over Duplex. The client that gateways, guards and filters see is a {@link Peer}; a
 * handler is called with `(peer, payload, channel)`, and what it returns is the reply.
 *
 * A gateway's error is answered by `DuplexErrorFilter`, so gateways are marked with `@DuplexGateway()`.
 */
export class DuplexAdapter extends WsAdapter {
  protected override readonly logger = new Logger(DuplexAdapter.name);
  readonly #options: ProtocolOptions;
  readonly #endpoints = new Map<WebSocketServer, Endpoint>();
  readonly #upgradeListeners = new Map<Server, UpgradeListener>();
  #closing = false;

  constructor(app: INestApplicationContext, options: Partial<ProtocolOptions> = {}) {
    super(app);
    this.#options = { ...DEFAULT_PROTOCOL_OPTIONS, ...options };
  }

  override create(port: number, options: Record<string, unknown> = {}): WebSocketServer {
    const { maxFrameBytes, closeTimeoutMs } = this.#options;
    // `closeTimeout` is newer than ws's types.
    const serverOptions: Omit<ServerOptions, 'path'> & { closeTimeout: number } = {
      ...options,
      maxPayload: maxFrameBytes,
      closeTimeout: closeTimeoutMs,
      perMessageDeflate: false,
      // Peers send pongs themselves, so that pongs count as unsent bytes.
      autoPong: false,
      // One frame per connection and event loop turn: 64 KiB may hold ten thousand empty frames.
      allowSynchronousEvents: false,
      // Clients request no subprotocol, and would reject one.
      handleProtocols: () => false,
      // The endpoint tracks its peers.
      clientTracking: false,
    };
    const server: WebSocketServer = super.create(port, { ...serverOptions });
    this.#endpoints.set(server, new Endpoint(this.#options, (error, method) => this.#report(error, method)));
    return server;
  }

  /** Called once per gateway, even if several share a server. */
  override bindClientConnect(server: WebSocketServer, callback: OnPeer): void {
    this.#endpointOf(server).onPeer(callback);
  }

  override bindClientDisconnect(peer: Peer, callback: () => void): void {
    peer.closed.addEventListener('abort', () => callback(), { once: true });
  }

  /** Called once per peer and gateway. `transform` is not used: it would pass every result through rxjs. */
  override bindMessageHandlers(peer: Peer, handlers: MessageMappingProperties[]): void {
    for (const { message, callback } of handlers) {
      const method: unknown = message;
      if (method instanceof TextMethod) peer.handle(method.name, callback, true);
      else peer.handle(String(method), callback);
    }
  }

  /** Graceful shutdown: refuses new connections, lets requests finish within the grace period, then closes connections. */
  override async close(server: WebSocketServer): Promise<void> {
    this.#closing = true;
    await this.#endpointOf(server).shutdown();
    this.#endpoints.delete(server);
    await new Promise<void>((resolve) => server.close(() => resolve()));
  }

  override async dispose(): Promise<void> {
    for (const [server, listener] of this.#upgradeListeners) server.off('upgrade', listener);
    this.#upgradeListeners.clear();
    await super.dispose();
  }

  /** Replaces Nest's upgrade listener, which destroys unknown upgrades without a response. */
  protected override ensureHttpServerExists(port: number, httpServer = createServer()): Server | undefined {
    if (this.httpServersRegistry.has(port)) return undefined;
    this.httpServersRegistry.set(port, httpServer);
    const listener: UpgradeListener = (request, socket, head) =>
      void this.#upgrade(port, request, socket, head).catch((error: unknown) => {
        this.#report(error, 'upgrade');
        socket.destroy();
      });
    httpServer.on('upgrade', listener);
    this.#upgradeListeners.set(httpServer, listener);
    return httpServer;
  }

  async #upgrade(port: number, request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    // Until ws takes over, a connection reset has no other listener.
    socket.on('error', () => socket.destroy());
    if (this.#closing) return this.#refuse(socket, 503);
    const path = pathOf(request);
    const server: WebSocketServer | undefined = this.wsServersRegistry
      .get(port)
      ?.find((one) => one.path === path);
    if (server === undefined) return this.#refuse(socket, 404);

    const admission = await this.#admit(request);
    // The client disconnected meanwhile.
    if (socket.destroyed) return;
    if (admission.kind === 'refused') return this.#refuse(socket, admission.status, admission.reason);
    return new Promise((resolve) => {
      upgrades.schedule(admission.account ?? '', () =>
        resolve(this.#connect(server, admission, request, socket, head)),
      );
    });
  }

  /** Completes an upgrade that was admitted: before it returns, and what it throws is a rejection. */
  async #connect(
    server: WebSocketServer,
    { identity, account }: Extract<Admission, { readonly kind: 'admitted' }>,
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
  ): Promise<void> {
    // The client disconnected meanwhile, or the service has started to shut down.
    if (socket.destroyed) return;
    const endpoint = this.#endpoints.get(server);
    if (this.#closing || endpoint === undefined) return this.#refuse(socket, 503);
    if (!endpoint.enter(account)) return this.#refuse(socket, 503, 'too many connections');
    let upgraded = false;
    server.handleUpgrade(request, socket, head, (webSocket) => {
      upgraded = true;
      endpoint.connect(webSocket, request, { identity, account });
    });
    if (upgraded) return;
    endpoint.leave(account);
    // ws has responded itself: 405 for another HTTP method, 400 for a wrong or missing header.
    this.#countRefused(request.method === 'GET' ? 400 : 405);
  }

  #refuse(socket: Duplex, status: number, reason?: string): void {
    this.#countRefused(status);
    refuseUpgrade(socket, status, reason);
  }

  /** An observer that throws must not affect clients. */
  #countRefused(status: number): void {
    try {
      this.#options.observer?.refused(status);
    } catch (error) {
      this.#report(error, 'observer');
    }
  }

  async #admit(request: IncomingMessage): Promise<Admission> {
    try {
      return (await this.#options.admit?.(request)) ?? { kind: 'admitted' };
    } catch (error) {
      this.#report(error, 'admit');
      return { kind: 'refused', status: 500, reason: 'Internal Server Error' };
    }
  }

  #report(error: unknown, method: string): void {
    this.logger.error(`${method}: ${describeFault(error)}`);
  }

  #endpointOf(server: WebSocketServer): Endpoint {
    const endpoint = this.#endpoints.get(server);
    if (endpoint === undefined) throw new Error('not a server of this adapter');
    return endpoint;
  }
}
