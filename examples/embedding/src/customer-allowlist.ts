import { Injectable } from '@nestjs/common';
import { ModuleAllowlistProvider } from 'javascriptd';
import { Customers } from './customers.js';

/** Asked once for each execution. */
@Injectable()
export class CustomerAllowlist extends ModuleAllowlistProvider {
  constructor(private readonly customers: Customers) {
    super();
  }

  override modulesFor(tenant: string): readonly string[] {
    return this.customers.named(tenant)?.modules ?? [];
  }
}
