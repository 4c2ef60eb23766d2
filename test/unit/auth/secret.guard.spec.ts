import { ForbiddenException, UnauthorizedException, type ExecutionContext } from '@nestjs/common';
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js';
import { Test } from '@nestjs/testing';
import { AuthModule, SecretGuard, type AuthOptions } from '../../../src/auth/index.js';

async function guardOf(options: Partial<AuthOptions>): Promise<SecretGuard> {
  const app = await Test.createTestingModule({ imports: [AuthModule.forRoot(options)] }).compile();
  return app.get(SecretGuard);
}

function contextOf(type: string, client: unknown): ExecutionContext {
  const context = new ExecutionContextHost([client]);
  context.setType(type);
  return context;
}

describe('SecretGuard on a WebSocket', () => {
  it('admits an authenticated peer without its secret', async () => {
    const guard = await guardOf({ secret: 's3cret' });
    const peer = { identity: { tenant: 'default' }, headers: {} };
    expect(await guard.canActivate(contextOf('ws', peer))).toBe(true);
  });

  it.each([undefined, {}, { identity: undefined }, { identity: {} }, { identity: { tenant: 1 } }])(
    'refuses a client without an identity: %j',
    async (client) => {
      const guard = await guardOf({});
      expect(() => guard.canActivate(contextOf('ws', client))).toThrow('was not authenticated');
    },
  );

  it('refuses a peer once its secret is revoked', async () => {
    const guard = await guardOf({ secret: 's3cret' });
    const identity = { tenant: 'default', revoked: false };
    expect(await guard.canActivate(contextOf('ws', { identity }))).toBe(true);
    identity.revoked = true;
    expect(await guard.canActivate(contextOf('ws', { identity }))).toBe(false);
  });

  it('refuses a client that has the secret but was not authenticated', async () => {
    const guard = await guardOf({ secret: 's3cret' });
    const client = { headers: { 'x-runtime-secret': 's3cret' } };
    expect(() => guard.canActivate(contextOf('ws', client))).toThrow('was not authenticated');
  });
});

describe('SecretGuard on HTTP', () => {
  it('admits the secret and stores the identity on the request', async () => {
    const guard = await guardOf({ secret: 's3cret' });
    const request = { headers: { 'x-runtime-secret': 's3cret' } };
    expect(await guard.canActivate(contextOf('http', request))).toBe(true);
    expect(request).toHaveProperty('identity', { tenant: 'default' });
  });

  it('answers 401 without the secret', async () => {
    const guard = await guardOf({ secret: 's3cret' });
    const request = { headers: { 'x-runtime-secret': 's3cre' } };
    await expect(guard.canActivate(contextOf('http', request))).rejects.toThrow(UnauthorizedException);
    expect(request).not.toHaveProperty('identity');
  });

  it('answers 403 to a cross-site page if no secret is required', async () => {
    const guard = await guardOf({});
    const request = { headers: { origin: 'https://evil.example' } };
    await expect(guard.canActivate(contextOf('http', request))).rejects.toThrow(ForbiddenException);
  });
});

describe('SecretGuard on another transport', () => {
  it('refuses the client', async () => {
    const guard = await guardOf({});
    const client = { identity: { tenant: 'default' }, headers: {} };
    expect(await guard.canActivate(contextOf('rpc', client))).toBe(false);
  });
});
