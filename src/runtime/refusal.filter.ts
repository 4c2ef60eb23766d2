import { type ArgumentsHost, Catch } from '@nestjs/common';
import type { Identity } from '../auth/index.js';
import { channelOf, DuplexErrorFilter } from '../protocol/index.js';
import { ExecutionFeed } from './execution-feed.service.js';
import { isRecordedMethod } from './execution-record.js';

/** Before the guard, a client may have no identity. */
type AnyPeer = { readonly identity?: Partial<Identity> } | undefined;

/** Also records requests that guards and pipes refuse, since they never reach the service. */
@Catch()
export class RefusalFilter extends DuplexErrorFilter {
  constructor(private readonly feed: ExecutionFeed) {
    super();
  }

  override catch(exception: unknown, host: ArgumentsHost): void {
    const tenant = host.switchToWs().getClient<AnyPeer>()?.identity?.tenant;
    const channel = channelOf(host);
    const { method } = channel;
    if (tenant !== undefined && isRecordedMethod(method)) this.feed.refuse(method, tenant, channel);
    // oxlint-disable-next-line promise/valid-params -- of a filter, not of a promise
    super.catch(exception, host);
  }
}
