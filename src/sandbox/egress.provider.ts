import { Injectable } from '@nestjs/common';
import type { Egress } from './egress.js';

/**
 * Decides where a tenant's scripts may send requests. Asked once for each execution, so an implementation may change
 * its answer while the service runs. The abstract class is the injection token.
 */
export abstract class EgressProvider {
  /**
   * @param hosts what the tenant's policy lists; undefined where it lists nothing, and what everyone may reach counts
   * @returns undefined for no network at all
   */
  abstract egressFor(tenant: string, hosts?: readonly string[]): Egress | undefined;
}

/** No network for anybody. */
@Injectable()
export class NoEgress extends EgressProvider {
  override egressFor(): undefined {
    return undefined;
  }
}
