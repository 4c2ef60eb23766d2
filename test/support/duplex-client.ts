import { RawClient, type Closing, type RawClientOptions } from './raw-client.js';

interface Reply {
  readonly id: number;
  readonly payload?: unknown;
  readonly error?: { readonly code: number; readonly message: string; readonly data?: unknown };
  readonly more?: boolean;
}

/** An error reply. */
export class CallError extends Error {
  override readonly name = 'CallError';
  constructor(
    readonly code: number,
    message: string,
    readonly data?: unknown,
  ) {
    super(message);
  }
}

/** A well-behaved client: ids are counted, replies are found by their id. */
export class DuplexClient {
  readonly closed: Promise<Closing>;
  readonly #calls = new Map<
    number,
    { resolve: (result: unknown) => void; reject: (error: unknown) => void }
  >();
  #lastId = 0;

  private constructor(readonly raw: RawClient) {
    this.closed = raw.closed;
    this.#read();
  }

  static async connect(url: string, options?: RawClientOptions): Promise<DuplexClient> {
    return new DuplexClient(await RawClient.greet(url, options));
  }

  /** @throws CallError */
  call(method: string, payload?: unknown, options: { readonly ext?: unknown } = {}): Promise<unknown> {
    const id = ++this.#lastId;
    this.raw.send(JSON.stringify({ type: 'req', method, id, payload, ...options }));
    return new Promise((resolve, reject) => this.#calls.set(id, { resolve, reject }));
  }

  close(): Promise<Closing> {
    return this.raw.close();
  }

  #read(): void {
    this.raw
      .next()
      .then((frame) => this.#settle(JSON.parse(frame)))
      .then(
        () => this.#read(),
        (error: unknown) => this.#abandon(error),
      );
  }

  #abandon(error: unknown): void {
    for (const { reject } of this.#calls.values()) reject(error);
    this.#calls.clear();
  }

  #settle({ id, payload, error, more }: Reply): void {
    const call = this.#calls.get(id);
    if (call === undefined) throw new Error(`a reply nobody waits for: ${id}`);
    if (more === true) return;
    this.#calls.delete(id);
    if (error === undefined) call.resolve(payload);
    else call.reject(new CallError(error.code, error.message, error.data));
  }
}
