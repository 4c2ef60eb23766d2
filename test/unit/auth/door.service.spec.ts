import { Injectable } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { AuthModule, Door, SecretSource } from '../../../src/auth/index.js';

type AuthModuleOptions = Parameters<typeof AuthModule.forRoot>[0];

async function doorOf(options: AuthModuleOptions): Promise<Door> {
  const app = await Test.createTestingModule({ imports: [AuthModule.forRoot(options)] }).compile();
  return app.get(Door);
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

describe('Door', () => {
  it.each([{}, { secret: '' }])('is open with the settings %j', async (options) => {
    const door = await doorOf(options);
    expect(await door.admit({ headers: {} })).toEqual(admitted('default'));
    expect(await door.admit({ headers: { 'x-runtime-secret': 'whatever' } })).toEqual(admitted('default'));
  });

  it('refuses a foreign web page while it is open, even with some secret', async () => {
    const door = await doorOf({ origins: ['https://play.example'] });
    const origin = 'https://evil.example';
    expect(await door.admit({ headers: { origin } })).toEqual(refused(403));
    expect(await door.admit({ headers: { origin, 'x-runtime-secret': 'x' } })).toEqual(refused(403));
    expect(await door.admit({ headers: { origin: 'null' } })).toEqual(refused(403));
    expect(await door.admit({ headers: { origin: 'https://play.example' } })).toEqual(admitted('default'));
    expect(await door.admit({ headers: { origin: 'http://localhost:3000' } })).toEqual(admitted('default'));
  });

  it('refuses a foreign host while it is open, and names what to set', async () => {
    const door = await doorOf({ hosts: ['scripts.internal'], origins: ['https://play.example'] });
    expect(await door.admit({ headers: { host: 'evil.example' } })).toEqual(refused(403));
    expect(door.hostProblem({ headers: { host: 'evil.example' } })).toContain('HOSTS');
    for (const host of ['scripts.internal:8765', 'play.example', 'localhost', '10.0.0.1'])
      expect(door.hostProblem({ headers: { host } })).toBeUndefined();
    expect(
      (await doorOf({ secret: 'x' })).hostProblem({ headers: { host: 'evil.example' } }),
    ).toBeUndefined();
  });

  it('asks for the secret when there is one', async () => {
    const door = await doorOf({ secret: 's3cret' });
    expect(await door.admit({ headers: { 'x-runtime-secret': 's3cret' } })).toEqual(admitted('default'));
  });

  it.each([[undefined], [''], ['s3cre'], ['3cret'], ['s3crets'], [['s3cret', 's3cret']]])(
    'refuses %j where the secret should be',
    async (presented) => {
      const door = await doorOf({ secret: 's3cret' });
      expect(await door.admit({ headers: { 'x-runtime-secret': presented } })).toEqual(refused(401));
    },
  );

  it('lets any origin in with the secret, and none without it', async () => {
    const door = await doorOf({ secret: 's3cret' });
    const origin = 'https://anywhere.example';
    expect(await door.admit({ headers: { origin, 'x-runtime-secret': 's3cret' } })).toEqual(
      admitted('default'),
    );
    expect(await door.admit({ headers: { origin } })).toEqual(refused(401));
    expect(await door.admit({ headers: { origin: 'http://localhost' } })).toEqual(refused(401));
  });

  it('says why, and never the secret', async () => {
    const door = await doorOf({ secret: 'hunter2' });
    const admission = await door.admit({ headers: { 'x-runtime-secret': 'guess' } });
    expect(JSON.stringify(admission)).toContain('x-runtime-secret');
    expect(JSON.stringify(admission)).not.toMatch(/hunter2|guess/);
  });

  it('takes another source of secrets, with tenants of its own', async () => {
    const door = await doorOf({ secrets: TwoTenants });
    expect(await door.admit({ headers: { 'x-runtime-secret': 'red' } })).toEqual(admitted('team-red'));
    expect(await door.admit({ headers: { 'x-runtime-secret': 'blue' } })).toEqual(admitted('team-blue'));
    expect(await door.admit({ headers: { 'x-runtime-secret': 'green' } })).toEqual(refused(401));
    expect(await door.admit({ headers: {} })).toEqual(refused(401));
  });

  it('lets nobody in when the source of secrets fails', async () => {
    class Broken extends SecretSource {
      override readonly open = false;
      override tenantOf(): never {
        throw new Error('vault is down');
      }
    }
    const door = await doorOf({ secrets: Broken });
    await expect(door.admit({ headers: {} })).rejects.toThrow('vault is down');
  });

  it('reads its settings through a factory as well', async () => {
    const module = AuthModule.forRootAsync({ useFactory: () => ({ secret: 'late' }) });
    const app = await Test.createTestingModule({ imports: [module] }).compile();
    expect(await app.get(Door).admit({ headers: {} })).toEqual(refused(401));
    expect(await app.get(Door).admit({ headers: { 'x-runtime-secret': 'late' } })).toEqual(
      admitted('default'),
    );
  });

  it('takes a source of secrets that has needs of its own', async () => {
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
    const door = await doorOf({ secrets: VaultSource, imports: [{ module: Vault, exports: [Vault] }] });
    const headers = { 'x-runtime-secret': 'from the vault' };
    expect(await door.admit({ headers })).toEqual(admitted('vaulted'));
  });

  it('takes another source of secrets next to a factory', async () => {
    const module = AuthModule.forRootAsync({ useFactory: () => ({}), secrets: TwoTenants });
    const app = await Test.createTestingModule({ imports: [module] }).compile();
    const headers = { 'x-runtime-secret': 'red' };
    expect(await app.get(Door).admit({ headers })).toEqual(admitted('team-red'));
  });
});
