import { Injectable } from '@nestjs/common';
import { SecretSource } from 'javascriptd';
import { Customers } from './customers.js';

/** Asked once for each WebSocket connection and for each HTTP request. */
@Injectable()
export class CustomerSecrets extends SecretSource {
  override readonly open = false;

  constructor(private readonly customers: Customers) {
    super();
  }

  /** The tenant of a secret; `undefined` refuses it. */
  override async tenantOf(presented = ''): Promise<string | undefined> {
    return (await this.customers.withSecret(presented))?.name;
  }
}
