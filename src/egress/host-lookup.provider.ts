import { lookup } from 'node:dns/promises';
import { Inject, Injectable } from '@nestjs/common';
import { EGRESS_OPTIONS, type EgressOptions } from './egress.options.js';

/** An address of a host. */
export interface HostAddress {
  readonly address: string;
  /** Where the host is reached on another port than the URL names. */
  readonly port?: number | undefined;
}

/**
 * Finds the addresses of a host, each time that a connection is made; which of them may be connected to is decided
 * after it. The abstract class is the injection token: an application may ask a resolver of its own.
 */
export abstract class HostLookup {
  /** Rejects with Node's codes (`ENOTFOUND`, `EAI_AGAIN`). */
  abstract addressesOf(host: string): Promise<readonly HostAddress[]>;
}

/** As the operator has said, and else as the machine finds them. */
@Injectable()
export class SystemLookup extends HostLookup {
  constructor(@Inject(EGRESS_OPTIONS) private readonly options: EgressOptions) {
    super();
  }

  override async addressesOf(host: string): Promise<readonly HostAddress[]> {
    const pinned = this.options.pinnedHosts.filter((one) => one.host === host);
    return pinned.length > 0 ? pinned : lookup(host, { all: true });
  }
}
