import {
  ForbiddenException,
  Injectable,
  UnauthorizedException,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { Door, type DoorRequest } from './door.service.js';
import type { Identity } from './identity.js';

/** A peer, or the client of some other adapter, of which nothing is known. */
type GuardedClient = { readonly identity?: Partial<Identity> } | undefined;

/** An HTTP request that passed the guard carries the identity, as a peer does. */
type GuardedRequest = DoorRequest & { identity?: Identity };

/**
 * Lets through whom the door admitted. A WebSocket client was at the door before its upgrade and carries the
 * identity since, so nothing is hashed again: it is refused only once that is revoked. An HTTP request comes to the door
 * here.
 */
@Injectable()
export class SecretGuard implements CanActivate {
  constructor(private readonly door: Door) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    switch (context.getType()) {
      case 'ws':
        return this.#recognize(context.switchToWs().getClient<GuardedClient>());
      case 'http':
        return this.#admit(context.switchToHttp().getRequest<GuardedRequest>());
      default:
        return false;
    }
  }

  #recognize(client: GuardedClient): boolean {
    if (typeof client?.identity?.tenant === 'string') return client.identity.revoked !== true;
    // Not the client's fault: it is answered as an internal error, and the operator reads this.
    throw new Error(
      'the client was not at the door: give the DuplexAdapter `admit: (request) => door.admit(request)`',
    );
  }

  async #admit(request: GuardedRequest): Promise<boolean> {
    const admission = await this.door.admit(request);
    if (admission.kind === 'admitted') {
      request.identity = admission.identity;
      return true;
    }
    throw admission.status === 401
      ? new UnauthorizedException(admission.reason)
      : new ForbiddenException(admission.reason);
  }
}
