import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import { SecretSource } from '../../../src/auth/index.js';
import { DuplexClient } from '../../support/duplex-client.js';
import { RuntimeApp, type RuntimeAppOptions } from '../../support/runtime-app.js';

let app: RuntimeApp;
const start = async (auth: RuntimeAppOptions['auth']) => {
  app = await RuntimeApp.start({ auth: auth ?? {} });
};

afterEach(() => app.close());

const UPGRADE = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
};

/** HTTP status of the response to an upgrade request. */
async function statusOf(headers: Record<string, string | string[]>): Promise<number | undefined> {
  const upgrade = request(`http://${app.address}/`, { headers: { ...UPGRADE, ...headers } });
  upgrade.end();
  const response: IncomingMessage = await Promise.race([
    once(upgrade, 'response').then(([answer]) => answer),
    once(upgrade, 'upgrade').then(([answer, socket]) => {
      socket.destroy();
      return answer;
    }),
  ]);
  response.resume();
  return response.statusCode;
}

describe('a WebSocket upgrade with a secret configured', () => {
  const secret = 'correct horse';
  beforeEach(() => start({ secret }));

  it.each(['x-runtime-secret', 'X-Runtime-Secret', 'X-RUNTIME-SECRET'])(
    'is admitted with the secret in %s',
    async (header) => {
      const client = await DuplexClient.connect(app.url, { headers: { [header]: secret } });
      expect(await client.call('runtime.execute', { code: '' })).toHaveProperty('value', 42);
      expect(app.sandbox.executions[0]?.tenant).toBe('default');
      await client.close();
    },
  );

  it.each<[string, Record<string, string | string[]>]>([
    ['no secret', {}],
    ['an empty secret', { 'x-runtime-secret': '' }],
    ['a prefix', { 'x-runtime-secret': 'correct hors' }],
    ['a suffix', { 'x-runtime-secret': 'orrect horse' }],
    ['a longer secret', { 'x-runtime-secret': 'correct horses' }],
    ['another case', { 'x-runtime-secret': 'Correct Horse' }],
    ['the secret twice', { 'x-runtime-secret': [secret, secret] }],
    ['the secret in another header', { authorization: secret, 'runtime-secret': secret }],
    ['no secret from a page of this machine', { origin: 'http://localhost:3000' }],
  ])('is refused with 401 for %s', async (_, headers) => {
    expect(await statusOf(headers)).toBe(401);
  });

  it.each(['https://anywhere.example', 'null'])(
    'is admitted with the secret from a page of %s',
    async (origin) => {
      expect(await statusOf({ 'x-runtime-secret': secret, origin })).toBe(101);
    },
  );

  it('is refused with 401 for a wrong secret, and runs nothing', async () => {
    const connecting = DuplexClient.connect(app.url, { headers: { 'x-runtime-secret': 'wrong' } });
    await expect(connecting).rejects.toMatchObject({ status: 401 });
    expect(app.sandbox.executions).toEqual([]);
  });
});

describe('a WebSocket upgrade without a secret configured', () => {
  beforeEach(() => start({ origins: ['https://play.example'] }));

  it.each<[string, Record<string, string>]>([
    ['a client without Origin', {}],
    ['a client that sends some secret', { 'x-runtime-secret': 'whatever' }],
    ['a page of this machine', { origin: 'http://localhost:5173' }],
    ['a page of a listed origin', { origin: 'https://play.example' }],
  ])('is admitted for %s', async (_, headers) => {
    expect(await statusOf(headers)).toBe(101);
  });

  it.each([
    'https://evil.example',
    'null',
    'http://localhost.evil.example',
    'http://play.example',
    'https://play.example.evil.example',
  ])('is refused with 403 for a page of %s', async (origin) => {
    expect(await statusOf({ origin })).toBe(403);
    await expect(DuplexClient.connect(app.url, { headers: { origin } })).rejects.toMatchObject({
      status: 403,
    });
  });
});

describe('a custom secret source', () => {
  @Injectable()
  class TwoTenants extends SecretSource {
    override readonly open = false;
    readonly #tenants = new Map([
      ['red-secret', 'red'],
      ['blue-secret', 'blue'],
    ]);
    override async tenantOf(presented: string | undefined): Promise<string | undefined> {
      if (presented === 'down') throw new Error('the vault is down');
      return this.#tenants.get(presented ?? '');
    }
  }

  beforeEach(() => start({ secrets: TwoTenants }));

  it('runs each client’s scripts as its tenant', async () => {
    const red = await DuplexClient.connect(app.url, { headers: { 'x-runtime-secret': 'red-secret' } });
    const blue = await DuplexClient.connect(app.url, { headers: { 'x-runtime-secret': 'blue-secret' } });
    await red.call('runtime.execute', { code: '' });
    await blue.call('runtime.execute', { code: '' });
    await red.call('runtime.execute', { code: '' });
    expect(app.sandbox.executions.map(({ tenant }) => tenant)).toEqual(['red', 'blue', 'red']);
    await Promise.all([red.close(), blue.close()]);
  });

  it('refuses an unknown secret with 401', async () => {
    expect(await statusOf({ 'x-runtime-secret': 'green-secret' })).toBe(401);
    expect(await statusOf({})).toBe(401);
  });

  it('refuses a client with 500 if it throws, and still admits others', async () => {
    expect(await statusOf({ 'x-runtime-secret': 'down' })).toBe(500);
    expect(await statusOf({ 'x-runtime-secret': 'red-secret' })).toBe(101);
  });
});
