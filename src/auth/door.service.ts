import { Inject, Injectable } from '@nestjs/common';
import { AUTH_OPTIONS, type AuthOptions } from './auth.options.js';
import { isForeignHost } from './host.js';
import type { Identity } from './identity.js';
import { hostsOf, isForeignOrigin } from './origin.js';
import { SecretSource } from './secret-source.provider.js';
import { SECRET_HEADER } from './secret.js';

/** The door's answer to an HTTP request, an upgrade included. `reason` may be shown to the client. */
export type DoorAnswer =
  | {
      readonly kind: 'admitted';
      readonly identity: Identity;
      /** Who pays for what the client takes: its tenant. */
      readonly account: string;
    }
  | { readonly kind: 'refused'; readonly status: 401 | 403; readonly reason: string };

/** What the door looks at. Node's `IncomingMessage` is one; header names are in lower case. */
export interface DoorRequest {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** Decides who comes in, before anything else of a request is read. */
@Injectable()
export class Door {
  readonly #hosts: readonly string[];

  constructor(
    private readonly secrets: SecretSource,
    @Inject(AUTH_OPTIONS) private readonly options: AuthOptions,
  ) {
    this.#hosts = [...options.hosts, ...hostsOf(options.origins)];
  }

  /**
   * Why a request may not even be looked at, from its `Host`; `undefined` when it may. Asked of each request, also of those that need
   * no secret: a page must not read them either.
   */
  hostProblem(request: DoorRequest): string | undefined {
    if (!this.secrets.open || !isForeignHost(single(request.headers['host']), this.#hosts)) return undefined;
    return 'this Host is not a name of the service: set SECRET or HOSTS';
  }

  /** Rejects only when the {@link SecretSource} does; nobody was let in then. */
  async admit(request: DoorRequest): Promise<DoorAnswer> {
    const foreign = this.hostProblem(request);
    if (foreign !== undefined) return { kind: 'refused', status: 403, reason: foreign };
    if (this.secrets.open && isForeignOrigin(single(request.headers['origin']), this.options.origins)) {
      return { kind: 'refused', status: 403, reason: 'this origin may not connect: set SECRET or ORIGINS' };
    }
    const found = await this.secrets.tenantOf(single(request.headers[SECRET_HEADER]));
    if (found === undefined) {
      return { kind: 'refused', status: 401, reason: `missing or wrong ${SECRET_HEADER}` };
    }
    const identity = typeof found === 'string' ? { tenant: found } : found;
    return { kind: 'admitted', identity, account: identity.tenant };
  }
}

/** A repeated header is one text, as Node itself makes it for most names: it then equals no secret and no origin. */
function single(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(', ') : value;
}
