import { Inject, Injectable } from '@nestjs/common';
import { AUTH_OPTIONS, type AuthOptions } from './auth.options.js';
import type { Identity } from './identity.js';
import { isSameSecret } from './secret.js';

/** The tenant of everyone who knows the one configured secret, and of everyone when there is none. */
export const DEFAULT_TENANT = 'default';

/**
 * Knows which secrets there are and whose they are. Replace it to serve several tenants, to rotate secrets or to
 * keep them elsewhere. Asked once for each connection, and for each request over HTTP. The abstract class is the
 * injection token.
 */
export abstract class SecretSource {
  /** True when no secret is needed; the door then refuses foreign web pages instead. */
  abstract readonly open: boolean;

  /** Why the secrets in force may be out of date; `undefined` when they are not. May be shown to the operator. */
  get problem(): string | undefined {
    return undefined;
  }

  /**
   * Whose secret this is; `undefined` refuses it. Compare in constant time (`isSameSecret`). A name is let in for as long
   * as it stays connected; an {@link Identity} may become `revoked`, which is looked at with each call.
   * @param presented the header's value; `undefined` when there was no header
   */
  abstract tenantOf(
    presented: string | undefined,
  ): Identity | string | undefined | Promise<Identity | string | undefined>;
}

/** The one secret of the setting `SECRET`; open when that is not set. */
@Injectable()
export class ConfiguredSecret extends SecretSource {
  constructor(@Inject(AUTH_OPTIONS) private readonly options: AuthOptions) {
    super();
  }

  override get open(): boolean {
    return this.options.secret === undefined || this.options.secret === '';
  }

  override tenantOf(presented: string | undefined): string | undefined {
    const { secret } = this.options;
    if (secret === undefined || secret === '') return DEFAULT_TENANT;
    return presented !== undefined && isSameSecret(presented, secret) ? DEFAULT_TENANT : undefined;
  }
}
