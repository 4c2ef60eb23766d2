import { Injectable } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { AuthModule, Authenticator, SecretSource } from '../../../src/auth/index.js';

type AuthModuleOptions = Parameters<typeof AuthModule.forRoot>[0];

async function authenticatorOf(options: AuthModuleOptions): Promise<Authenticator> {
  const app = await Test.createTestingModule({ imports: [AuthModule.forRoot(options)] }).compile();
  return app.get(Authenticator);
}

const admitted = (tenant: string) => ({ kind: 'admitted', identity: { tenant }, account: tenant });
const refused = (status: number) => expect.objectContaining({ kind: 'refused', status });

@Injectable()
class TwoTenants extends SecretSource {
  override readonly open = false;
  override async tenantOf(presented: string | undefined): Promise<string | undefined> {
    return new Map([
      ['red', 'team-red'],
      ['blue', 'team-blue'],
    ]).get(presented ?? '');
  }
}

describe('Authenticator', () => {
  it.each([{}, { secret: '' }])('requires no secret with the settings %j', async (options) => {
    const authenticator = await authenticatorOf(options);
    expect(await authenticator.authenticate({ headers: {} })).toEqual(admitted('default'));
    expect(await authenticator.authenticate({ headers: { 'x-runtime-secret': 'whatever' } })).toEqual(
      admitted('default'),
    );
  });

  it('refuses a cross-site web page if no secret is required, even with some secret', async () => {
    const authenticator = await authenticatorOf({ origins: ['https://play.example'] });
    const origin = 'https://evil.example';
    expect(await authenticator.authenticate({ headers: { origin } })).toEqual(refused(403));
    expect(await authenticator.authenticate({ headers: { origin, 'x-runtime-secret': 'x' } })).toEqual(
      refused(403),
    );
    expect(await authenticator.authenticate({ headers: { origin: 'null' } })).toEqual(refused(403));
    expect(await authenticator.authenticate({ headers: { origin: 'https://play.example' } })).toEqual(
      admitted('default'),
    );
    expect(await authenticator.authenticate({ headers: { origin: 'http://localhost:3000' } })).toEqual(
      admitted('default'),
    );
  });

  it('refuses a foreign Host if no secret is required, and names the setting', async () => {
    const authenticator = await authenticatorOf({
      hosts: ['scripts.internal'],
      origins: ['https://play.example'],
    });
    expect(await authenticator.authenticate({ headers: { host: 'evil.example' } })).toEqual(refused(403));
    expect(authenticator.hostProblem({ headers: { host: 'evil.example' } })).toContain('HOSTS');
    for (const host of ['scripts.internal:8765', 'play.example', 'localhost', '10.0.0.1'])
      expect(authenticator.hostProblem({ headers: { host } })).toBeUndefined();
    expect(
      (await authenticatorOf({ secret: 'x' })).hostProblem({ headers: { host: 'evil.example' } }),
    ).toBeUndefined();
  });

  it('requires the configured secret', async () => {
    const authenticator = await authenticatorOf({ secret: 's3cret' });
    expect(await authenticator.authenticate({ headers: { 'x-runtime-secret': 's3cret' } })).toEqual(
      admitted('default'),
    );
  });

  it.each([[undefined], [''], ['s3cre'], ['3cret'], ['s3crets'], [['s3cret', 's3cret']]])(
    'refuses %j instead of the secret',
    async (presented) => {
      const authenticator = await authenticatorOf({ secret: 's3cret' });
      expect(await authenticator.authenticate({ headers: { 'x-runtime-secret': presented } })).toEqual(
        refused(401),
      );
    },
  );

  it('admits any origin with the secret, and none without it', async () => {
    const authenticator = await authenticatorOf({ secret: 's3cret' });
    const origin = 'https://anywhere.example';
    expect(await authenticator.authenticate({ headers: { origin, 'x-runtime-secret': 's3cret' } })).toEqual(
      admitted('default'),
    );
    expect(await authenticator.authenticate({ headers: { origin } })).toEqual(refused(401));
    expect(await authenticator.authenticate({ headers: { origin: 'http://localhost' } })).toEqual(
      refused(401),
    );
  });

  it('gives a reason that does not contain the secret', async () => {
    const authenticator = await authenticatorOf({ secret: 'hunter2' });
    const result = await authenticator.authenticate({ headers: { 'x-runtime-secret': 'guess' } });
    expect(JSON.stringify(result)).toContain('x-runtime-secret');
    expect(JSON.stringify(result)).not.toMatch(/hunter2|guess/);
  });

  it('uses another secret source, with its tenants', async () => {
    const authenticator = await authenticatorOf({ secrets: TwoTenants });
    expect(await authenticator.authenticate({ headers: { 'x-runtime-secret': 'red' } })).toEqual(
      admitted('team-red'),
    );
    expect(await authenticator.authenticate({ headers: { 'x-runtime-secret': 'blue' } })).toEqual(
      admitted('team-blue'),
    );
    expect(await authenticator.authenticate({ headers: { 'x-runtime-secret': 'green' } })).toEqual(
      refused(401),
    );
    expect(await authenticator.authenticate({ headers: {} })).toEqual(refused(401));
  });

  it('admits nobody if the secret source throws', async () => {
    class Broken extends SecretSource {
      override readonly open = false;
      override tenantOf(): never {
        throw new Error('vault is down');
      }
    }
    const authenticator = await authenticatorOf({ secrets: Broken });
    await expect(authenticator.authenticate({ headers: {} })).rejects.toThrow('vault is down');
  });

  it('reads its settings from a factory', async () => {
    const module = AuthModule.forRootAsync({ useFactory: () => ({ secret: 'late' }) });
    const app = await Test.createTestingModule({ imports: [module] }).compile();
    expect(await app.get(Authenticator).authenticate({ headers: {} })).toEqual(refused(401));
    expect(await app.get(Authenticator).authenticate({ headers: { 'x-runtime-secret': 'late' } })).toEqual(
      admitted('default'),
    );
  });

  it('injects the dependencies of a secret source', async () => {
    class Vault {
      readonly secret = 'from the vault';
    }
    @Injectable()
    class VaultSource extends SecretSource {
      override readonly open = false;
      constructor(private readonly vault: Vault) {
        super();
      }
      override tenantOf(presented: string | undefined): string | undefined {
        return presented === this.vault.secret ? 'vaulted' : undefined;
      }
    }
    const authenticator = await authenticatorOf({
      secrets: VaultSource,
      imports: [{ module: Vault, exports: [Vault] }],
    });
    const headers = { 'x-runtime-secret': 'from the vault' };
    expect(await authenticator.authenticate({ headers })).toEqual(admitted('vaulted'));
  });

  it('uses another secret source together with a factory', async () => {
    const module = AuthModule.forRootAsync({ useFactory: () => ({}), secrets: TwoTenants });
    const app = await Test.createTestingModule({ imports: [module] }).compile();
    const headers = { 'x-runtime-secret': 'red' };
    expect(await app.get(Authenticator).authenticate({ headers })).toEqual(admitted('team-red'));
  });
});
