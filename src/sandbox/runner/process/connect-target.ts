/** Where a socket is to be connected to. */
export interface ConnectTarget {
  readonly host: string;
  readonly port: string;
  /** Of a socket in the file system. */
  readonly path: string | undefined;
  /** For `connect`. */
  readonly connected: (() => void) | undefined;
  /** All that the caller said. */
  readonly options: Readonly<Record<string, unknown>>;
}

/** What `socket.connect`, `net.connect` or `tls.connect` was given, in each of its forms. */
export function targetOf(args: readonly unknown[]): ConnectTarget {
  // Node's own callers pass their arguments in a list that they have made of them.
  const given = (Array.isArray(args[0]) ? args[0] : args) as readonly unknown[];
  const [first, second] = given;
  const connected = given.find((each) => typeof each === 'function') as (() => void) | undefined;
  const named = given.find((each) => typeof each === 'object' && each !== null) ?? {};
  const options = named as Readonly<Record<string, unknown>>;
  const isPort = typeof first === 'number' || (typeof first === 'string' && !Number.isNaN(Number(first)));
  const path = typeof first === 'string' && !isPort ? first : options['path'];
  const port = isPort ? first : options['port'];
  const host = isPort && typeof second === 'string' ? second : options['host'];
  return {
    host: typeof host === 'string' ? host : 'localhost',
    port: String(port),
    path: typeof path === 'string' && port === undefined ? path : undefined,
    connected,
    options,
  };
}

export function shownTarget({ host, port, path }: ConnectTarget): string {
  return path ?? `${host}:${port}`;
}
