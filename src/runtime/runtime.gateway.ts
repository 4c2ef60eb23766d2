import { setMaxListeners } from 'node:events';
import { UseFilters, UseGuards } from '@nestjs/common';
import { ConnectedSocket, MessageBody, SubscribeMessage } from '@nestjs/websockets';
import { SecretGuard, type Identity } from '../auth/index.js';
import { asText, type Channel, CurrentChannel, DuplexGateway, type Peer } from '../protocol/index.js';
import type { ExecutionWatcher } from '../sandbox/index.js';
import { cancelledIdOf } from './cancellation.js';
import type { ExecutionOptionsDto } from './execution-options.dto.js';
import { PreparePipe } from './prepare.pipe.js';
import { RefusalFilter } from './refusal.filter.js';
import type { Result } from './result.js';
import { RuntimeService } from './runtime.service.js';
import type { ExecuteRequest, ScriptRequest } from './script.dto.js';
import { ScriptPipe } from './script.pipe.js';

/** After the guard, every peer has an identity. */
type AdmittedPeer = Peer & { readonly identity: Identity };

/** Methods that `runtime.cancel` applies to. */
const CANCELLABLE: ReadonlySet<string> = new Set(['runtime.execute', 'runtime.prepare']);

/** `runtime.execute` of the upstream README, and `runtime.prepare` and `runtime.cancel`. */
@DuplexGateway()
@UseGuards(SecretGuard)
export class RuntimeGateway {
  constructor(private readonly runtime: RuntimeService) {}

  // Typed as an interface: a global ValidationPipe of the application would walk a DTO class, including globals.
  @UseFilters(RefusalFilter)
  @SubscribeMessage(asText('runtime.execute'))
  async execute(
    @MessageBody(ScriptPipe) script: ExecuteRequest,
    @ConnectedSocket() peer: AdmittedPeer,
    @CurrentChannel() channel: Channel,
  ): Promise<Result> {
    const { options } = script;
    const cancelled = options?.keepRunning === true ? channel.cancelled : channel.abandoned;
    const over = options?.functions && new AbortController();
    const watcher = options && watcherOf(options, peer, channel, over?.signal);
    try {
      const { tenant } = peer.identity;
      return await this.runtime.execute(script, tenant, cancelled, channel, watcher);
    } finally {
      // Abandons client functions that have not replied yet.
      over?.abort();
    }
  }

  /** Compiles a script and stores it for the client's tenant. */
  @UseFilters(RefusalFilter)
  @SubscribeMessage(asText('runtime.prepare'))
  async prepare(
    @MessageBody(PreparePipe) script: ScriptRequest,
    @ConnectedSocket() peer: AdmittedPeer,
    @CurrentChannel() channel: Channel,
  ): Promise<{ readonly script: string }> {
    return this.runtime.prepare(script, peer.identity.tenant, channel.abandoned, channel);
  }

  /** Cancels the executions and preparations with this id on the same connection; they are answered 1004. */
  @SubscribeMessage(asText('runtime.cancel'))
  cancel(
    @MessageBody() payload: unknown,
    @ConnectedSocket() peer: AdmittedPeer,
  ): { readonly cancelled: boolean } {
    return { cancelled: peer.cancel(cancelledIdOf(payload), CANCELLABLE) };
  }
}

function watcherOf(
  { stream, functions }: ExecutionOptionsDto,
  peer: Peer,
  channel: Channel,
  over: AbortSignal | undefined,
): ExecutionWatcher {
  // Each call listens; Node would warn from the eleventh listener on.
  if (over !== undefined) setMaxListeners(0, over);
  const send = (payload: object): Promise<void> | undefined => {
    channel.next(payload);
    return channel.drained;
  };
  return {
    ...(stream === true && {
      console: (console) => send({ console }),
      yielded: (value) => send({ value }),
    }),
    ...(functions !== undefined && {
      call: (name, args) => peer.callForText(name, args, { execution: channel.id }, over),
    }),
  };
}
