import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { AddressRules, type EgressPolicy, parseEgress } from '../egress-policy/index.js';
import { ConnectionPool } from './connection-pool.js';
import { Dialer } from './dialer.js';
import { EGRESS_OPTIONS, type EgressOptions } from './egress.options.js';
import { HostLookup } from './host-lookup.provider.js';
import { ExecutionEgress } from './execution-egress.js';
import { type EgressCount, EgressCounters } from './egress-counters.js';
import { FairSemaphore, UP_TO_HALF } from './fair-semaphore.js';

/** Egress for the executions of one tenant. */
export interface TenantEgress {
  /** Opens egress for one execution. */
  open(): ExecutionEgress;
}

/** Sends the requests of scripts. */
@Injectable()
export class EgressService implements OnApplicationShutdown {
  /** The policy of the setting `EGRESS`, for tenants without their own. */
  readonly policy: EgressPolicy;
  readonly #semaphore: FairSemaphore;
  readonly #counters = new EgressCounters();
  readonly #connections: ConnectionPool;

  /** @throws EgressPolicyError for an invalid list */
  constructor(
    @Inject(EGRESS_OPTIONS) private readonly options: EgressOptions,
    lookup: HostLookup,
  ) {
    this.policy = parseEgress(options.hosts);
    const { ranges, authorities, maxConcurrency } = options;
    const dialer = new Dialer({ rules: new AddressRules(ranges), authorities, lookup });
    this.#connections = new ConnectionPool(dialer.dial.bind(dialer), maxConcurrency);
    this.#semaphore = new FairSemaphore(maxConcurrency, UP_TO_HALF);
  }

  get counts(): readonly EgressCount[] {
    return this.#counters.counts;
  }

  /** @returns undefined if the policy allows no host */
  egressOf(tenant: string, policy: EgressPolicy = this.policy): TenantEgress | undefined {
    if (policy.hosts.length === 0) return undefined;
    const context = {
      policy,
      headers: this.options.headers,
      limits: this.options,
      semaphore: this.#semaphore,
      connections: this.#connections,
      tenant,
      record: this.#counters.add.bind(this.#counters),
    };
    return { open: () => new ExecutionEgress(context) };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#connections.close();
  }
}
