import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';

export interface Frame {
  readonly type: 'req' | 'rep';
  readonly id: number;
  readonly method?: string;
  readonly payload?: Readonly<Record<string, unknown>>;
  readonly error?: unknown;
}

/** A client's connection, seen from the server. */
export class ServerConnection {
  /** Received frames, without the handshake and pings. */
  readonly frames: Frame[] = [];

  constructor(
    readonly socket: WebSocket,
    readonly headers: Readonly<Record<string, unknown>>,
  ) {}

  send(message: object): void {
    this.socket.send(JSON.stringify(message));
  }

  reply(id: number, payload: unknown): void {
    this.send({ type: 'rep', id, payload });
  }

  more(id: number, payload: unknown): void {
    this.send({ type: 'rep', id, more: true, payload });
  }

  fail(id: number, code: number, message: string, data?: unknown): void {
    this.send({ type: 'rep', id, error: { code, message, data } });
  }
}

/** A WebSocket server that performs the handshake and leaves everything else to the test. */
export class SimplexServer {
  readonly connections: ServerConnection[] = [];
  /** Reply to the handshake; `undefined` for none. */
  handshakeReply: string | undefined = '+OK';
  onFrame: (frame: Frame, connection: ServerConnection) => void = () => undefined;

  private constructor(private readonly server: WebSocketServer) {
    server.on('connection', (socket, request) => {
      const connection = new ServerConnection(socket, request.headers);
      this.connections.push(connection);
      let isOpen = false;
      socket.on('error', () => undefined);
      socket.on('message', (data: Buffer) => {
        const text = data.toString();
        if (isOpen) {
          const frame: Frame = JSON.parse(text);
          connection.frames.push(frame);
          this.onFrame(frame, connection);
          return;
        }
        isOpen = text === 'SIMPLEX/1.0;json';
        if (this.handshakeReply === undefined) return;
        socket.send(this.handshakeReply);
        if (!this.handshakeReply.startsWith('+')) socket.close(1002, this.handshakeReply);
      });
    });
  }

  static async listen(
    port = 0,
    options: ConstructorParameters<typeof WebSocketServer>[0] = {},
  ): Promise<SimplexServer> {
    const server = new WebSocketServer({ port, host: '127.0.0.1', ...options });
    await once(server, 'listening');
    return new SimplexServer(server);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `ws://127.0.0.1:${this.port}`;
  }

  /** Closes all connections and the server. */
  async stop(): Promise<void> {
    for (const socket of this.server.clients) socket.terminate();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }
}
