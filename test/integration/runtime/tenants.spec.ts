/** An application whose tenants are in a database of its own; docs/tenants.md shows these classes. */
import { Injectable } from '@nestjs/common';
import { SecretSource, type Identity } from '../../../src/auth/index.js';
import { TenantPolicies, type TenantPolicy } from '../../../src/runtime/index.js';
import { DuplexClient } from '../../support/duplex-client.js';
import { RuntimeApp } from '../../support/runtime-app.js';

interface Row {
  readonly name: string;
  readonly policy: TenantPolicy;
}

/** Answers later, as databases do. */
class Database {
  readonly rows = new Map<string, Row>([
    ['red-secret', { name: 'red', policy: { modules: ['path'], limits: { timeout: 50 }, concurrency: 2 } }],
    ['blue-secret', { name: 'blue', policy: {} }],
  ]);
  async tenantBySecret(secret: string): Promise<Row | undefined> {
    await new Promise((resolve) => setTimeout(resolve, 5));
    return this.rows.get(secret);
  }
}

/** The identity from authentication, which may be revoked later. */
class KnownTenants {
  readonly policies = new Map<string, TenantPolicy>();
  readonly revoked = new Set<string>();
}

@Injectable()
class DatabaseSecrets extends SecretSource {
  override readonly open = false;
  constructor(
    private readonly database: Database,
    private readonly known: KnownTenants,
  ) {
    super();
  }
  override async tenantOf(presented = ''): Promise<Identity | undefined> {
    const row = await this.database.tenantBySecret(presented);
    if (row === undefined) return undefined;
    const { name: tenant, policy } = row;
    const { revoked, policies } = this.known;
    policies.set(tenant, policy);
    return {
      tenant,
      get revoked() {
        return revoked.has(tenant);
      },
    };
  }
}

@Injectable()
class DatabasePolicies extends TenantPolicies {
  constructor(private readonly known: KnownTenants) {
    super();
  }
  override policyOf(tenant: string): TenantPolicy | undefined {
    return this.known.policies.get(tenant);
  }
}

class DatabaseModule {
  readonly name = 'database';
}
const database = {
  module: DatabaseModule,
  providers: [Database, KnownTenants],
  exports: [Database, KnownTenants],
};

let app: RuntimeApp;
let known: KnownTenants;
beforeAll(async () => {
  app = await RuntimeApp.start({
    auth: { secrets: DatabaseSecrets, imports: [database] },
    policies: DatabasePolicies,
    imports: [database],
    sandbox: { modules: ['lodash'] },
    timeoutMs: 1000,
  });
  known = app.get(KnownTenants);
});
afterAll(() => app.close());

const connect = (secret: string): Promise<DuplexClient> =>
  DuplexClient.connect(app.url, { headers: { 'x-runtime-secret': secret } });

it('a custom secret source and tenant policies apply to each execution, as they are at its call', async () => {
  const [red, blue] = await Promise.all([connect('red-secret'), connect('blue-secret')]);
  await expect(connect('green-secret')).rejects.toMatchObject({ status: 401 });
  await red.call('runtime.execute', { code: '' });
  await blue.call('runtime.execute', { code: '' });
  known.policies.set('red', { modules: [], limits: { timeout: 70 } });
  await red.call('runtime.execute', { code: '' });
  expect(app.sandbox.executions).toMatchObject([
    { tenant: 'red', modules: ['path'], timeoutMs: 50, concurrency: 2 },
    { tenant: 'blue', modules: ['lodash'], timeoutMs: 1000 },
    { tenant: 'red', modules: [], timeoutMs: 70 },
  ]);
  known.revoked.add('red');
  await expect(red.call('runtime.execute', { code: '' })).rejects.toMatchObject({ code: 1103 });
  await blue.call('runtime.execute', { code: '' });
  await Promise.all([red.close(), blue.close()]);
});
