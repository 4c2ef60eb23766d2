import { Injectable } from '@nestjs/common';
import { EgressService } from './egress.service.js';
import { parseEgress, type EgressPolicy } from '../egress-policy/index.js';
import { EgressProvider, type Egress } from '../sandbox/index.js';

/** The way out that the setting `EGRESS` gives, and to a tenant with a list of its own, that list. */
@Injectable()
export class ConfiguredEgress extends EgressProvider {
  /** A list stays the same for many executions. */
  readonly #known = new WeakMap<readonly string[], EgressPolicy>();

  constructor(private readonly egress: EgressService) {
    super();
  }

  /** @throws EgressPolicyError when the list cannot be read */
  override egressFor(tenant: string, hosts?: readonly string[]): Egress | undefined {
    return this.egress.egressOf(tenant, hosts && this.#policyOf(hosts));
  }

  #policyOf(hosts: readonly string[]): EgressPolicy {
    const policy = this.#known.get(hosts) ?? parseEgress(hosts);
    this.#known.set(hosts, policy);
    return policy;
  }
}
