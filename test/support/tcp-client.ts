import { once } from 'node:events';
import { type Socket, connect } from 'node:net';

/** An upgrade request as text. */
export function upgradeRequest(path: string, extraHeaders = ''): string {
  return (
    `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
    `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n${extraHeaders}\r\n`
  );
}

/** A WebSocket client of bytes, for what a good WebSocket library does not do: resets, silence, broken framing. */
export class TcpClient {
  /**
   * Settles when the connection is closed, also by a reset, which is right for a service that closes a connection whose
   * client still writes. `once(socket, 'close')` rejects then.
   */
  readonly closed: Promise<void>;

  private constructor(readonly socket: Socket) {
    socket.on('error', () => undefined);
    this.closed = new Promise((resolve) => {
      socket.once('close', () => resolve());
    });
  }

  /** Connects with no HTTP yet. */
  static async connect(port: number): Promise<TcpClient> {
    const client = new TcpClient(connect(port, '127.0.0.1'));
    await once(client.socket, 'connect');
    return client;
  }

  /** Connects, upgrades, and shakes hands without waiting for `+OK`. */
  static async greet(port: number): Promise<TcpClient> {
    const client = await TcpClient.connect(port);
    client.socket.write(upgradeRequest('/'));
    await once(client.socket, 'data');
    client.send('SIMPLEX/1.0;json');
    return client;
  }

  send(text: string): void {
    this.socket.write(TcpClient.frame(0x1, Buffer.from(text)));
  }

  reset(): void {
    this.socket.resetAndDestroy();
  }

  /** Everything that comes until the connection is closed. */
  async rest(): Promise<Buffer> {
    const chunks: Buffer[] = [];
    this.socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    await this.closed;
    return Buffer.concat(chunks);
  }

  /** A short frame with a mask of zeroes. */
  static frame(opcode: number, payload: Buffer): Buffer {
    if (payload.length > 125) throw new RangeError('short frames only');
    return Buffer.concat([Buffer.from([0x80 | opcode, 0x80 | payload.length, 0, 0, 0, 0]), payload]);
  }
}
