import type { Settings } from '../config/index.js';

/** The address that the service listens on, from `server.address()`. */
export interface Listening {
  readonly address: string;
  readonly port: number;
}

/** The log line for readiness. With `PORT=0`, callers read the port from it. */
export function readyLine({ address, port }: Listening): string {
  return `javascriptd listening on ws://${address.includes(':') ? `[${address}]` : address}:${port}`;
}

/** The log line about egress. */
export function networkLine({ EGRESS = [] }: Pick<Settings, 'EGRESS'>): string {
  if (EGRESS.length === 0) return 'scripts have no network access: EGRESS is not set';
  const hosts = EGRESS.length === 1 ? '1 entry' : `${EGRESS.length} entries`;
  return `scripts may send requests, through the service only, to the hosts in EGRESS: ${hosts}`;
}

/** Warnings about who can run code in this service. */
export function warnings(
  { SECRET, SECRETS_FILE }: Pick<Settings, 'SECRET'> & Partial<Pick<Settings, 'SECRETS_FILE'>>,
  { address }: Listening,
): readonly string[] {
  const lines: string[] = [];
  if (SECRETS_FILE !== undefined) return lines;
  if (SECRET === '') lines.push('SECRET is set but empty: no secret is required');
  if ((SECRET === undefined || SECRET === '') && !isLoopback(address)) {
    lines.push(
      `listening on ${address} without a secret: everyone who can reach this port can run code; set SECRET, or set HOST to 127.0.0.1`,
    );
  }
  return lines;
}

function isLoopback(address: string): boolean {
  return address === '::1' || /^(?:::ffff:)?127\./.test(address);
}

/** Why the service cannot listen, in one line; `undefined` for an unrelated error. */
export function listenProblem(
  error: unknown,
  { HOST, PORT }: Pick<Settings, 'HOST' | 'PORT'>,
): string | undefined {
  switch (typeof error === 'object' && error !== null && 'code' in error && error.code) {
    case 'EADDRINUSE':
      return `PORT: ${PORT} is in use on ${HOST}; choose another with PORT or --port`;
    case 'EACCES':
      return `PORT: this user is not permitted to listen on ${PORT}; choose one above 1023 with PORT or --port`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `HOST: the name ${HOST} cannot be resolved; choose another with HOST or --host`;
    case 'EADDRNOTAVAIL':
    case 'EAFNOSUPPORT':
      return `HOST: ${HOST} is not an address of this machine; choose another with HOST or --host`;
    default:
      return undefined;
  }
}
