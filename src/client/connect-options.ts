/** Options of `connect`, all optional. Times are in milliseconds. */
export interface ConnectOptions {
  /**
   * Sent in the header `x-runtime-secret`; one trailing line break is removed. Not supported in browsers, which cannot
   * set WebSocket headers.
   */
  readonly secret?: string;
  /** Whether to reconnect when the connection is lost or cannot be opened. @default true */
  readonly reconnect?: boolean;
  /**
   * Retries of each `execute` and `prepare` after error 1200 or 1202, which mean that nothing ran. Waits for
   * `retryAfterMs`. @default 0
   */
  readonly retry?: number;
  /** Timeout of the connection and its handshake. @default 10000 */
  readonly connectTimeout?: number;
  /** How long a script waits while there is no connection. @default 30000 */
  readonly queueTimeout?: number;
  /** Maximum number of scripts that wait to be sent. @default 1000 */
  readonly queueSize?: number;
  /** Maximum number of scripts in flight; further ones are queued. Services accept up to 1024. @default 256 */
  readonly maxInFlight?: number;
  /** Maximum size of a request in bytes: the service's `MAX_FRAME_BYTES`. @default 8388608 */
  readonly maxFrameBytes?: number;
  /**
   * Maximum size of the streamed console lines and values that loops have not read yet, in characters of JSON, for all
   * executions together. Above a quarter of it the client stops reading the connection until the loops catch up (in Node
   * only). Above the maximum the execution with the most unread output fails with SlowReaderError. @default 33554432
   */
  readonly bufferSize?: number;
  /**
   * Silence before a ping; after the same time without an answer the connection is closed. 0 turns it off. @default
   * 30000
   */
  readonly heartbeat?: number;
}

type FilledOptions = Required<Omit<ConnectOptions, 'secret'>>;

const DEFAULTS: FilledOptions = {
  reconnect: true,
  retry: 0,
  connectTimeout: 10_000,
  queueTimeout: 30_000,
  queueSize: 1000,
  maxInFlight: 256,
  maxFrameBytes: 8_388_608,
  bufferSize: 33_554_432,
  heartbeat: 30_000,
};

/** Fills in the defaults. An `undefined` option counts as absent. */
export function withDefaults(options: ConnectOptions): FilledOptions {
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  return { ...DEFAULTS, ...given };
}

/** @throws TypeError unless the URL is a WebSocket URL without a fragment */
export function checkUrl(url: string): void {
  const { protocol, hash } = new URL(url);
  if ((protocol !== 'ws:' && protocol !== 'wss:') || hash !== '')
    throw new TypeError('invalid URL: expected ws:// or wss:// without a fragment');
}
