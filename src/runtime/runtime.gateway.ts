import { setMaxListeners } from 'node:events';
import { UseGuards } from '@nestjs/common';
import { ConnectedSocket, MessageBody, SubscribeMessage } from '@nestjs/websockets';
import { SecretGuard, type Identity } from '../auth/index.js';
import { asText, type Channel, CurrentChannel, DuplexGateway, type Peer } from '../protocol/index.js';
import type { ExecutionWatcher } from '../sandbox/index.js';
import { cancelledIdOf } from './cancellation.js';
import type { ExecutionOptionsDto } from './execution-options.dto.js';
import { PeerExecutions } from './peer-executions.js';
import { PreparePipe } from './prepare.pipe.js';
import type { Result } from './result.js';
import { RuntimeService } from './runtime.service.js';
import type { ExecuteRequest, ScriptRequest } from './script.dto.js';
import { ScriptPipe } from './script.pipe.js';

/** The guard lets through only peers to whom the door gave an identity. */
type AdmittedPeer = Peer & { readonly identity: Identity };

/** The seed README's one method, and the one that ends what it began. */
@DuplexGateway()
@UseGuards(SecretGuard)
export class RuntimeGateway {
  readonly #executions = new WeakMap<Peer, PeerExecutions>();

  constructor(private readonly runtime: RuntimeService) {}

  // Typed as the interface: an application's own global ValidationPipe would walk a DTO class, globals and all.
  @SubscribeMessage(asText('runtime.execute'))
  async execute(
    @MessageBody(ScriptPipe) script: ExecuteRequest,
    @ConnectedSocket() peer: AdmittedPeer,
    @CurrentChannel() channel: Channel,
  ): Promise<Result> {
    const executions = this.#executionsOf(peer);
    const { options } = script;
    const cancelling = executions.begin(channel.id, options?.keepRunning === true);
    const over = options?.functions && new AbortController();
    const watcher = options && watcherOf(options, peer, channel, over?.signal);
    try {
      const { tenant } = peer.identity;
      return await this.runtime.execute(script, tenant, cancelling.signal, channel, watcher);
    } finally {
      executions.end(channel.id, cancelling);
      // Calls of its functions that the client has not answered by now are forgotten.
      over?.abort();
    }
  }

  /** Compiles a script and keeps it for the client's tenant. */
  @SubscribeMessage(asText('runtime.prepare'))
  async prepare(
    @MessageBody(PreparePipe) script: ScriptRequest,
    @ConnectedSocket() peer: AdmittedPeer,
    @CurrentChannel() channel: Channel,
  ): Promise<{ readonly script: string }> {
    const executions = this.#executionsOf(peer);
    const cancelling = executions.begin(channel.id, false);
    try {
      return await this.runtime.prepare(script, peer.identity.tenant, cancelling.signal);
    } finally {
      executions.end(channel.id, cancelling);
    }
  }

  /** Ends an execution of the same connection; it is answered 1004. */
  @SubscribeMessage(asText('runtime.cancel'))
  cancel(
    @MessageBody() payload: unknown,
    @ConnectedSocket() peer: AdmittedPeer,
  ): { readonly cancelled: boolean } {
    return { cancelled: this.#executionsOf(peer).cancel(cancelledIdOf(payload)) };
  }

  #executionsOf(peer: Peer): PeerExecutions {
    const known = this.#executions.get(peer);
    if (known !== undefined) return known;
    const executions = new PeerExecutions(peer.closed);
    this.#executions.set(peer, executions);
    return executions;
  }
}

function watcherOf(
  { stream, functions }: ExecutionOptionsDto,
  peer: Peer,
  channel: Channel,
  over: AbortSignal | undefined,
): ExecutionWatcher {
  // Each call under way listens; Node would warn from the eleventh on.
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
