import { Injectable } from '@nestjs/common';
import { EgressProvider, EgressService, parseEgress, type Egress } from 'javascriptd';
import { Customers } from './customers.js';

/** Asked once for each execution; `undefined` is no network. */
@Injectable()
export class CustomerEgress extends EgressProvider {
  constructor(
    private readonly egress: EgressService,
    private readonly customers: Customers,
  ) {
    super();
  }

  override egressFor(tenant: string): Egress | undefined {
    return this.egress.egressOf(tenant, parseEgress(this.customers.named(tenant)?.hosts ?? []));
  }
}
