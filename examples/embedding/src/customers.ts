import { Injectable, Module } from '@nestjs/common';
import { isSameSecret } from 'javascriptd';

export interface Customer {
  readonly name: string;
  readonly secret: string;
  /** Modules that the customer's scripts may load. */
  readonly modules: readonly string[];
  /** Hosts that they may send requests to. */
  readonly hosts: readonly string[];
}

/** Stands for the application's own database. */
@Injectable()
export class Customers {
  readonly #customers: readonly Customer[] = [
    { name: 'acme', secret: 'acme-secret', modules: ['path', 'url'], hosts: ['api.github.com'] },
    { name: 'globex', secret: 'globex-secret', modules: [], hosts: [] },
  ];

  named(name: string): Customer | undefined {
    return this.#customers.find((customer) => customer.name === name);
  }

  async withSecret(presented: string): Promise<Customer | undefined> {
    return this.#customers.find(({ secret }) => isSameSecret(presented, secret));
  }
}

@Module({ providers: [Customers], exports: [Customers] })
export class CustomersModule {}
