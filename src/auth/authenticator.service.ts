import { Inject, Injectable } from '@nestjs/common';
import { AUTH_OPTIONS, type AuthOptions } from './auth.options.js';
import { isForeignHost } from './host.js';
import type { Identity } from './identity.js';
import { hostsOf, isForeignOrigin } from './origin.js';
import { SecretSource } from './secret-source.provider.js';
import { SECRET_HEADER } from './secret.js';

/** Result of authenticating an HTTP request or a WebSocket upgrade. `reason` may be shown to the client. */
export type AuthResult =
  | {
      readonly kind: 'admitted';
      readonly identity: Identity;
      /** The account that the client's memory is charged to: its tenant. */
      readonly account: string;
    }
  | { readonly kind: 'refused'; readonly status: 401 | 403; readonly reason: string };

/**
 * The part of an HTTP request that is authenticated, for instance Node's `IncomingMessage`. Header names are in lower
 * case.
 */
export interface AuthRequest {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** Authenticates requests by their secret, `Host` and `Origin`, before anything else of them is read. */
@Injectable()
export class Authenticator {
  readonly #hosts: readonly string[];

  constructor(
    private readonly secrets: SecretSource,
    @Inject(AUTH_OPTIONS) private readonly options: AuthOptions,
  ) {
    this.#hosts = [...options.hosts, ...hostsOf(options.origins)];
  }

  /**
   * Checks the `Host` header. Required for every request, including those that need no secret: DNS rebinding must not
   * let a web page read them either.
   * @returns why the request is refused; `undefined` if it is allowed
   */
  hostProblem(request: AuthRequest): string | undefined {
    if (!this.secrets.open || !isForeignHost(single(request.headers['host']), this.#hosts)) return undefined;
    return 'this Host is not allowed: set SECRET or HOSTS';
  }

  /** Rejects only if the {@link SecretSource} does. The client is not admitted in that case. */
  async authenticate(request: AuthRequest): Promise<AuthResult> {
    const hostProblem = this.hostProblem(request);
    if (hostProblem !== undefined) return { kind: 'refused', status: 403, reason: hostProblem };
    if (this.secrets.open && isForeignOrigin(single(request.headers['origin']), this.options.origins)) {
      return { kind: 'refused', status: 403, reason: 'this Origin is not allowed: set SECRET or ORIGINS' };
    }
    const found = await this.secrets.tenantOf(single(request.headers[SECRET_HEADER]));
    if (found === undefined) {
      return { kind: 'refused', status: 401, reason: `missing or wrong ${SECRET_HEADER}` };
    }
    const identity = typeof found === 'string' ? { tenant: found } : found;
    return { kind: 'admitted', identity, account: identity.tenant };
  }
}

/** Joins a repeated header, as Node does for most headers. The joined value matches no secret and no origin. */
function single(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(', ') : value;
}
