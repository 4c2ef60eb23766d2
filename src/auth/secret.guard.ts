import {
  ForbiddenException,
  Injectable,
  UnauthorizedException,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { Authenticator, type AuthRequest } from './authenticator.service.js';
import type { Identity } from './identity.js';

/** A `Peer` of the `DuplexAdapter`, or a client of another WebSocket adapter. */
type GuardedClient = { readonly identity?: Partial<Identity> } | undefined;

/** The guard stores the identity on an HTTP request, as the adapter does on a peer. */
type GuardedRequest = AuthRequest & { identity?: Identity };

/**
 * Admits authenticated clients. A WebSocket client was authenticated before its upgrade and has an identity, so the guard
 * only checks that it is not revoked. An HTTP request is authenticated by the guard.
 */
@Injectable()
export class SecretGuard implements CanActivate {
  constructor(private readonly authenticator: Authenticator) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    switch (context.getType()) {
      case 'ws':
        return this.#checkIdentity(context.switchToWs().getClient<GuardedClient>());
      case 'http':
        return this.#authenticate(context.switchToHttp().getRequest<GuardedRequest>());
      default:
        return false;
    }
  }

  #checkIdentity(client: GuardedClient): boolean {
    if (typeof client?.identity?.tenant === 'string') return client.identity.revoked !== true;
    // A misconfigured application. The client gets an internal error, and the operator reads this message in the log.
    throw new Error(
      'the client was not authenticated: pass `admit: (request) => authenticator.authenticate(request)` to the DuplexAdapter',
    );
  }

  async #authenticate(request: GuardedRequest): Promise<boolean> {
    const result = await this.authenticator.authenticate(request);
    if (result.kind === 'admitted') {
      request.identity = result.identity;
      return true;
    }
    throw result.status === 401
      ? new UnauthorizedException(result.reason)
      : new ForbiddenException(result.reason);
  }
}
