import { WebSocket, type ClientOptions } from 'ws';

export interface Closing {
  readonly code: number;
  readonly reason: string;
}

export interface RawClientOptions {
  readonly headers?: Record<string, string>;
}

/** Thrown by `connect` when the server answered the upgrade with plain HTTP. */
export class UpgradeRefusedError extends Error {
  override readonly name = 'UpgradeRefusedError';
  constructor(
    readonly status: number,
    readonly body: string,
  ) {
    super(`upgrade refused with HTTP ${status}`);
  }
}

/** A client that speaks text frames and nothing more. Frames are queued, so none is lost between two awaits. */
export class RawClient {
  readonly closed: Promise<Closing>;
  readonly #frames: string[] = [];
  readonly #waiting: { resolve: (frame: string) => void; reject: (error: Error) => void }[] = [];
  #closing: Closing | undefined;

  private constructor(
    /** For what this class does not offer: pausing, resetting, pinging. */
    readonly socket: WebSocket,
  ) {
    socket.on('message', (data: Buffer) => {
      const frame = data.toString();
      const first = this.#waiting.shift();
      if (first === undefined) this.#frames.push(frame);
      else first.resolve(frame);
    });
    socket.on('error', () => undefined);
    this.closed = new Promise((resolve) => {
      socket.on('close', (code, reason) => {
        this.#closing = { code, reason: reason.toString() };
        for (const { reject } of this.#waiting.splice(0)) reject(this.#gone());
        resolve(this.#closing);
      });
    });
  }

  /** Connects without any handshake. */
  static connect(url: string, options: RawClientOptions = {}): Promise<RawClient> {
    const clientOptions: ClientOptions = { perMessageDeflate: false, ...options };
    const socket = new WebSocket(url, clientOptions);
    const client = new RawClient(socket);
    return new Promise((resolve, reject) => {
      socket.once('open', () => resolve(client));
      socket.once('error', reject);
      socket.once('unexpected-response', (_request, response) => {
        let body = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (body += chunk));
        response.on('end', () => reject(new UpgradeRefusedError(response.statusCode ?? 0, body)));
      });
    });
  }

  /** Connects and shakes hands. */
  static async greet(url: string, options?: RawClientOptions): Promise<RawClient> {
    const client = await RawClient.connect(url, options);
    client.send('SIMPLEX/1.0;json');
    const answer = await client.next();
    if (answer !== '+OK') throw new Error(`handshake refused: ${answer}`);
    return client;
  }

  send(text: string): void {
    this.socket.send(text);
  }

  /** The next frame; rejects when the connection closes before one comes. */
  next(): Promise<string> {
    const frame = this.#frames.shift();
    if (frame !== undefined) return Promise.resolve(frame);
    if (this.#closing !== undefined) return Promise.reject(this.#gone());
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  /** The frames that come before the reply with this id. */
  async until(id: unknown): Promise<string[]> {
    const frame = await this.next();
    return JSON.parse(frame).id === id ? [] : [frame, ...(await this.until(id))];
  }

  /** The next frame as JSON. */
  async nextMessage(): Promise<Record<string, unknown>> {
    return JSON.parse(await this.next());
  }

  /** Frames that came and were not taken. */
  get pending(): readonly string[] {
    return this.#frames;
  }

  close(): Promise<Closing> {
    this.socket.close();
    return this.closed;
  }

  #gone(): Error {
    return new Error(`connection closed with ${this.#closing?.code} ${this.#closing?.reason}`);
  }
}
