import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { AddressRules, type EgressPolicy, parseEgress } from '../egress-policy/index.js';
import { ConnectionPool } from './connection-pool.js';
import { Dialer } from './dialer.js';
import { EGRESS_OPTIONS, type EgressOptions } from './egress.options.js';
import { HostLookup } from './host-lookup.provider.js';
import { Session } from './session.js';
import { type EgressCount, Tally } from './tally.js';
import { Turns, UP_TO_HALF } from './turns.js';

/** The way out for executions of one tenant. */
export interface TenantEgress {
  /** For one execution. */
  open(): Session;
}

/** Sends the requests of scripts. */
@Injectable()
export class EgressService implements OnApplicationShutdown {
  /** That of the operator's list, for tenants that have no own. */
  readonly policy: EgressPolicy;
  readonly #turns: Turns;
  readonly #tally = new Tally();
  readonly #connections: ConnectionPool;

  /** @throws EgressPolicyError when a list cannot be read */
  constructor(
    @Inject(EGRESS_OPTIONS) private readonly options: EgressOptions,
    lookup: HostLookup,
  ) {
    this.policy = parseEgress(options.hosts);
    const { ranges, authorities, maxConcurrency } = options;
    const dialer = new Dialer({ rules: new AddressRules(ranges), authorities, lookup });
    this.#connections = new ConnectionPool(dialer.dial.bind(dialer), maxConcurrency);
    this.#turns = new Turns(maxConcurrency, UP_TO_HALF);
  }

  get counts(): readonly EgressCount[] {
    return this.#tally.counts;
  }

  /** @returns undefined where the policy lets nothing through */
  egressOf(tenant: string, policy: EgressPolicy = this.policy): TenantEgress | undefined {
    if (policy.hosts.length === 0) return undefined;
    const links = {
      policy,
      headers: this.options.headers,
      limits: this.options,
      turns: this.#turns,
      connections: this.#connections,
      tenant,
      tell: this.#tally.add.bind(this.#tally),
    };
    return { open: () => new Session(links) };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#connections.close();
  }
}
