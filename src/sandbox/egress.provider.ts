import { Injectable } from '@nestjs/common';
import type { Egress } from './egress.js';

/**
 * Decides where scripts of a tenant may send requests. It is asked once for each execution, so an implementation may change its
 * answer while the service runs. The abstract class is the injection token.
 */
export abstract class EgressProvider {
  /**
   * @param hosts from the tenant's policy; undefined when it has none: then the hosts for everybody apply
   * @returns undefined for no network at all
   */
  abstract egressFor(tenant: string, hosts?: readonly string[]): Egress | undefined;
}

/** Gives nobody network access. */
@Injectable()
export class NoEgress extends EgressProvider {
  override egressFor(): undefined {
    return undefined;
  }
}
