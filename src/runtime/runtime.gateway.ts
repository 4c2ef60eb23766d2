import { UseGuards } from '@nestjs/common';
import { ConnectedSocket, MessageBody, SubscribeMessage } from '@nestjs/websockets';
import { SecretGuard, type Identity } from '../auth/index.js';
import { CurrentChannel, DuplexGateway, type Peer } from '../protocol/index.js';
import type { Script } from '../sandbox/index.js';
import type { Exchange } from './execution-record.js';
import type { Result } from './result.js';
import { RuntimeService } from './runtime.service.js';
import { ScriptPipe } from './script.pipe.js';

/** The guard lets through only peers to whom the door gave an identity. */
type AdmittedPeer = Peer & { readonly identity: Identity };

/** The seed README's one method. */
@DuplexGateway()
@UseGuards(SecretGuard)
export class RuntimeGateway {
  constructor(private readonly runtime: RuntimeService) {}

  // Typed as the interface: an application's own global ValidationPipe would walk a DTO class, globals and all.
  @SubscribeMessage('runtime.execute')
  execute(
    @MessageBody(ScriptPipe) script: Script,
    @ConnectedSocket() peer: AdmittedPeer,
    @CurrentChannel() exchange: Exchange,
  ): Promise<Result> {
    return this.runtime.execute(script, peer.identity.tenant, peer.closed, exchange);
  }
}
