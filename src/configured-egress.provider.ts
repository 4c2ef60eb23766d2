import { Injectable } from '@nestjs/common';
import { EgressService } from './egress/index.js';
import { EgressProvider, type Egress } from './sandbox/index.js';

/** The way out that the setting `EGRESS` gives, the same for every tenant. */
@Injectable()
export class ConfiguredEgress extends EgressProvider {
  constructor(private readonly egress: EgressService) {
    super();
  }

  override egressFor(tenant: string): Egress | undefined {
    return this.egress.egressOf(tenant);
  }
}
