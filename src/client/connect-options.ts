/** How to connect; all of it may be left out. Times are in milliseconds. */
export interface ConnectOptions {
  /**
   * Sent in the header `x-runtime-secret`, without one line break at its end. Not in browsers, which can send no
   * header.
   */
  readonly secret?: string;
  /** Whether to connect again when the connection breaks or cannot be made. @default true */
  readonly reconnect?: boolean;
  /** How often to send each `execute` and `prepare` again after 1200 or 1202: nothing ran then. Waits for `retryAfterMs`. @default 0 */
  readonly retry?: number;
  /** Longest wait for a connection and its handshake. @default 10000 */
  readonly connectTimeout?: number;
  /** Longest wait of a script while there is no connection. @default 30000 */
  readonly queueTimeout?: number;
  /** Most scripts that wait to be sent. @default 1000 */
  readonly queueSize?: number;
  /** Most scripts that were sent and are not answered; more wait. Services take up to 1024. @default 256 */
  readonly maxInFlight?: number;
  /** Longest request, in bytes: the service's `MAX_FRAME_BYTES`. @default 8388608 */
  readonly maxFrameBytes?: number;
  /**
   * Most characters of JSON of streamed console lines and values that wait for loops to take them, all executions
   * together. Past a quarter of it Node does not read the connection until the loops catch up; past all of it the
   * execution that holds the most fails with SlowReaderError. @default 33554432
   */
  readonly bufferSize?: number;
  /** Silence after which a sign of life is asked for; after as much again the connection is dead. 0: never. @default 30000 */
  readonly heartbeat?: number;
}

type Filled = Required<Omit<ConnectOptions, 'secret'>>;

const DEFAULTS: Filled = {
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

/** An option that is undefined counts as left out. */
export function withDefaults(options: ConnectOptions): Filled {
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  return { ...DEFAULTS, ...given };
}

/** @throws TypeError unless it is the URL of a WebSocket, without a fragment */
export function checkUrl(url: string): void {
  const { protocol, hash } = new URL(url);
  if ((protocol !== 'ws:' && protocol !== 'wss:') || hash !== '')
    throw new TypeError('the URL must begin with ws:// or wss://, and have no fragment');
}
