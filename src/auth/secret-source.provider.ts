import { Inject, Injectable } from '@nestjs/common';
import { AUTH_OPTIONS, type AuthOptions } from './auth.options.js';
import type { Identity } from './identity.js';
import { isSameSecret } from './secret.js';

/** The tenant of all clients if there is only one secret, or none. */
export const DEFAULT_TENANT = 'default';

/**
 * Maps secrets to tenants. Replace it to serve several tenants, to rotate secrets or to store them elsewhere. Called
 * once for each WebSocket connection, and once for each HTTP request. The abstract class is the injection token.
 */
export abstract class SecretSource {
  /** True if no secret is required. Cross-site web pages are refused instead. */
  abstract readonly open: boolean;

  /** Why the secrets in effect may be outdated; `undefined` if they are up to date. May be shown to the operator. */
  get problem(): string | undefined {
    return undefined;
  }

  /**
   * Returns the tenant of a secret, or `undefined` to refuse it. Compare in constant time (`isSameSecret`). A tenant name
   * admits the client for as long as it is connected. An {@link Identity} may become `revoked` later, which is checked
   * with each call.
   * @param presented the header value; `undefined` if there is no header
   */
  abstract tenantOf(
    presented: string | undefined,
  ): Identity | string | undefined | Promise<Identity | string | undefined>;
}

/** The secret of the setting `SECRET`. No secret is required if the setting is empty. */
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
