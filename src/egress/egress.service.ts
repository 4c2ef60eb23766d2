import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Dispatcher } from 'undici';
import { AddressRules, type EgressPolicy, parseEgress } from '../egress-policy/index.js';
import { Dialer } from './dialer.js';
import { EGRESS_OPTIONS, type EgressOptions } from './egress.options.js';
import { HostLookup } from './host-lookup.provider.js';
import { Session } from './session.js';
import { type EgressCount, Tally } from './tally.js';
import { Turns } from './turns.js';

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
  readonly #rules: AddressRules;
  #dialer: Dialer | undefined;
  readonly #turns: Turns;
  readonly #tally = new Tally();
  readonly #dispatchers = new Map<string, Dispatcher>();

  /** @throws EgressPolicyError when a list cannot be read */
  constructor(
    @Inject(EGRESS_OPTIONS) private readonly options: EgressOptions,
    private readonly lookup: HostLookup,
  ) {
    this.policy = parseEgress(options.hosts);
    this.#rules = new AddressRules(options.ranges);
    // What is no certificate is found out now.
    if (options.authorities !== undefined) this.#dial();
    this.#turns = new Turns(options.maxConcurrency);
  }

  get counts(): readonly EgressCount[] {
    return this.#tally.counts;
  }

  /**
   * Connections are never shared between tenants: what one has left on them is not for another.
   * @returns undefined where the policy lets nothing through
   */
  egressOf(tenant: string, policy: EgressPolicy = this.policy): TenantEgress | undefined {
    if (policy.hosts.length === 0) return undefined;
    const { headers } = this.options;
    const links = {
      policy,
      headers,
      limits: this.options,
      turns: this.#turns,
      tenant,
      tell: this.#tally.add.bind(this.#tally),
    };
    return { open: () => new Session({ ...links, dispatcher: this.#dispatcherOf(tenant) }) };
  }

  onApplicationShutdown(): void {
    for (const dispatcher of this.#dispatchers.values()) void dispatcher.destroy();
    this.#dispatchers.clear();
  }

  #dial(): Dialer {
    const { authorities } = this.options;
    return (this.#dialer ??= new Dialer({ rules: this.#rules, authorities, lookup: this.lookup }));
  }

  #dispatcherOf(tenant: string): Dispatcher {
    const known = this.#dispatchers.get(tenant) ?? this.#dial().agent();
    this.#dispatchers.set(tenant, known);
    return known;
  }
}
