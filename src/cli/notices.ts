import type { Settings } from '../config/index.js';

/** Where the service really listens, as Node's `server.address()` tells it. */
export interface Listening {
  readonly address: string;
  readonly port: number;
}

/** The line that says the service is ready; whoever starts it with `PORT=0` reads the port from it. */
export function readyLine({ address, port }: Listening): string {
  return `javascriptd listening on ws://${address.includes(':') ? `[${address}]` : address}:${port}`;
}

/** What the operator should know about who can run code here. */
export function warnings(
  { SECRET, SECRETS_FILE }: Pick<Settings, 'SECRET'> & Partial<Pick<Settings, 'SECRETS_FILE'>>,
  { address }: Listening,
): readonly string[] {
  const lines: string[] = [];
  if (SECRETS_FILE !== undefined) return lines;
  if (SECRET === '') lines.push('SECRET is set but empty: no secret is asked for');
  if ((SECRET === undefined || SECRET === '') && !isLoopback(address)) {
    lines.push(
      `listening on ${address} without a secret: whoever reaches this port can run code here; set SECRET, or leave HOST at 127.0.0.1`,
    );
  }
  return lines;
}

function isLoopback(address: string): boolean {
  return address === '::1' || /^(?:::ffff:)?127\./.test(address);
}

/** Why the address cannot be listened on, in one line; `undefined` for an error that has another reason. */
export function listenProblem(
  error: unknown,
  { HOST, PORT }: Pick<Settings, 'HOST' | 'PORT'>,
): string | undefined {
  switch (typeof error === 'object' && error !== null && 'code' in error && error.code) {
    case 'EADDRINUSE':
      return `PORT: ${PORT} is in use on ${HOST}; choose another with PORT or --port`;
    case 'EACCES':
      return `PORT: this user may not listen on ${PORT}; choose one above 1023 with PORT or --port`;
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
