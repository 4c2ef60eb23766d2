/** Tenants of one service, over its real socket: who they are, what they may have, and what they share: nothing. */
import { createHash } from 'node:crypto';
import { installFixtures } from '../../support/modules.js';
import { CallError, DuplexClient } from '../../support/duplex-client.js';
import { RawClient } from '../../support/raw-client.js';
import { scriptOf, TenantsService } from '../../support/tenants-service.js';

const sha256 = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`;

const TENANTS = {
  acme: {
    secrets: ['acme-new', sha256('acme-öld')],
    modules: ['path', 'counter'],
    limits: { timeout: 1000, result: 4000, console: { lines: 2 } },
  },
  beta: { secrets: ['beta'], modules: ['url', 'counter'], limits: { timeout: 4000, memory: 96 } },
  plain: { secrets: ['plain'] },
  single: { secrets: ['single'], concurrency: 1 },
  tokyo: { secrets: ['tokyo'], timezone: 'Asia/Tokyo' },
  slow: { secrets: ['slow'], rate: { perSecond: 0.01, burst: 2 } },
};

const service = new TenantsService();
const clients: DuplexClient[] = [];
async function connect(secret: string): Promise<DuplexClient> {
  const client = await service.connect(secret);
  clients.push(client);
  return client;
}
async function run(secret: string, expression: string, more?: object): Promise<unknown> {
  const client = await connect(secret);
  return client
    .call('runtime.execute', scriptOf(expression, more))
    .then((result) => (result as { value: unknown }).value)
    .catch((error: unknown) => error);
}

/** What runtime.modules tells of the installed package. */
async function allowedCounters(secret: string): Promise<readonly boolean[]> {
  const { modules } = (await (await connect(secret)).call('runtime.modules')) as {
    modules: readonly { readonly name: string; readonly allowed: boolean }[];
  };
  return modules.filter(({ name }) => name === 'counter').map(({ allowed }) => allowed);
}

beforeAll(async () => {
  const modules = installFixtures({
    'counter/package.json': '{"name":"counter","version":"1.0.0"}',
    'counter/index.js': 'exports.calls = 0; exports.call = () => ++exports.calls;',
  });
  service.give(TENANTS);
  await service.start({
    SANDBOX_MODULES_DIR: modules,
    TIMEOUT: '1500',
    LIMITS_MAX_TIMEOUT: '4000',
    SANDBOX_MAX_RESULT_BYTES: '1024',
    LIMITS_MAX_RESULT_BYTES: '4096',
    MODULES: 'querystring',
    TZ: 'America/New_York',
  });
});
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
});
afterAll(() => service.stop());

const typeError = expect.objectContaining({ code: 1000 }) as unknown;
const refused = (...fields: readonly (readonly [field: string, problem: string])[]) =>
  expect.objectContaining({
    code: 1100,
    data: { fields: fields.map(([field, problem]) => ({ field, problem })) },
  }) as unknown;

describe('a time zone', () => {
  const ZONE = '[Intl.DateTimeFormat().resolvedOptions().timeZone, new Date(0).getHours()]';

  it.each(['context', 'process'])('of a tenant is that of its scripts at level %s', async (isolation) => {
    const zones = ['tokyo', 'beta', 'tokyo'].map((secret) => run(secret, ZONE, { options: { isolation } }));
    expect(await Promise.all(zones)).toEqual([
      ['Asia/Tokyo', 9],
      ['America/New_York', 19],
      ['Asia/Tokyo', 9],
    ]);
  });
});

describe('a secret', () => {
  it.each(['acme-new', 'acme-öld', 'beta', 'plain'])('of a tenant is accepted: %s', async (secret) => {
    // Node’s own client writes a header as Latin-1.
    expect(await run(secret, '1')).toBe(1);
  });

  it.each(['acme', 'ACME-NEW', '', sha256('acme-öld'), sha256('acme-new'), 'acme-new, beta'])(
    'of nobody does not: %j',
    async (secret) => {
      await expect(
        RawClient.connect(service.url, { headers: { 'x-runtime-secret': secret } }),
      ).rejects.toMatchObject({
        status: 401,
      });
      expect((await service.post(secret, scriptOf('1'))).status).toBe(401);
    },
  );

  it('gives executions the name of its tenant, in the log and in the metrics', async () => {
    await run('acme-öld', '1');
    await service.post('beta', scriptOf('1'));
    await service.binary.says(/"tenant":"beta","outcome":"returned"/);
    expect(service.binary.stdout).toMatch(/"tenant":"acme","outcome":"returned"/);
    expect(await service.metrics()).toMatch(/executions_total{tenant="acme",outcome="returned"} \d/);
    expect(await service.metrics()).toContain('javascriptd_secrets_current 1');
  });
});

describe('an allowlist', () => {
  it.each([
    ['acme-new', 'path', 'object'],
    ['acme-new', 'url', typeError],
    ['acme-new', 'querystring', typeError],
    ['beta', 'url', 'object'],
    ['beta', 'path', typeError],
    ['plain', 'querystring', 'object'],
    ['plain', 'path', typeError],
  ])('is the tenant’s own: %s requires %s', async (secret, name, answer) => {
    expect(await run(secret, `typeof require('${name}')`)).toEqual(answer);
  });

  it('is the list of runtime.modules', async () => {
    expect([await allowedCounters('acme-new'), await allowedCounters('plain')]).toEqual([[true], [false]]);
  });
});

describe('limits', () => {
  it('are the tenant’s, narrower or wider than those of everyone', async () => {
    const late = { code: 'function f(cb) { setTimeout(cb, 1800, "late") }', call: 'f' };
    const ends = await Promise.all(['acme-new', 'plain', 'beta'].map((secret) => run(secret, '', late)));
    const timedOut = expect.objectContaining({ code: 1002 }) as unknown;
    expect(ends).toEqual([timedOut, timedOut, 'late']);
    expect(await run('plain', '"x".repeat(2000)')).toMatchObject({ code: 1003, data: { limit: 'result' } });
    expect(await run('acme-new', '"x".repeat(2000)')).toHaveLength(2000);
    expect(await run('acme-new', '"x".repeat(4001)')).toMatchObject({
      code: 1003,
      data: { limit: 'result' },
    });
    const { body } = await service.post('acme-new', scriptOf('[1, 2, 3].map((n) => console.log(n))'));
    expect(body['console']).toEqual(['1', '2', '[console cut after 2 lines]']);
  });

  it('are widened by a request as far as they may be, for every field', async () => {
    expect(await run('plain', '"x".repeat(4000)', { options: { result: 4096 } })).toHaveLength(4000);
    const late = {
      code: 'function f(cb) { setTimeout(cb, 1700, "late") }',
      call: 'f',
      options: { timeout: 4000 },
    };
    expect(await run('plain', '', late)).toBe('late');
    const options = {
      timeout: 4001,
      result: 4097,
      memory: 257,
      console: { lines: 10_001, bytes: 4_194_305 },
    };
    expect(await run('plain', '1', { options })).toEqual(
      refused(
        ['options.timeout', 'must be at most 4000'],
        ['options.memory', 'must be at most 256'],
        ['options.result', 'must be at most 4096'],
        ['options.console.lines', 'must be at most 10000'],
        ['options.console.bytes', 'must be at most 4194304'],
      ),
    );
  });

  it('of a tenant are the most that its requests can ask for', async () => {
    const options = { timeout: 1001, result: 4001, console: { lines: 3 } };
    expect(await run('acme-new', '1', { options })).toEqual(
      refused(
        ['options.timeout', 'must be at most 1000'],
        ['options.result', 'must be at most 4000'],
        ['options.console.lines', 'must be at most 2'],
      ),
    );
    expect(await run('beta', '1', { options: { memory: 97 } })).toEqual(
      refused(['options.memory', 'must be at most 96']),
    );
    expect(await run('acme-new', '1', { options: { timeout: 1000, memory: 256 } })).toBe(1);
  });
});

describe('concurrency', () => {
  it('lets one tenant’s scripts run one at a time, and nobody else wait for them', async () => {
    const raw = await RawClient.greet(service.url, { headers: { 'x-runtime-secret': 'single' } });
    const payload = {
      code: 'async function f() { console.log("began"); await new Promise((resolve) => setTimeout(resolve, 150)); return "ended" }',
      call: 'f',
      options: { stream: true },
    };
    for (const id of [1, 2, 3])
      raw.send(JSON.stringify({ type: 'req', method: 'runtime.execute', id, payload }));
    const first = await raw.nextMessage();
    // Two of its own wait in the queue now.
    expect(await run('plain', '"not held up"')).toBe('not held up');
    const seen = [first];
    while (seen.length < 6) seen.push(await raw.nextMessage());
    expect(seen.map(({ id, more }) => [id, more === true ? 'began' : 'ended'])).toEqual([
      [1, 'began'],
      [1, 'ended'],
      [2, 'began'],
      [2, 'ended'],
      [3, 'began'],
      [3, 'ended'],
    ]);
    await raw.close();
  });
});

describe('a rate', () => {
  it('answers excess requests at once, over WebSocket and HTTP, with the time to retry', async () => {
    expect([await run('slow', '1'), await run('slow', '2')]).toEqual([1, 2]);
    const beyond = (await run('slow', '3')) as CallError;
    expect(beyond).toMatchObject({ code: 1200, message: 'Busy', data: { limit: 'rate' } });
    const { retryAfterMs } = beyond.data as { retryAfterMs: number };
    expect(retryAfterMs).toBeGreaterThan(50_000);
    expect(retryAfterMs).toBeLessThanOrEqual(100_000);
    const { status, headers, body } = await service.post('slow', scriptOf('4'));
    expect(status).toBe(429);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(50);
    expect(headers.get('content-type')).toBe('application/problem+json');
    expect(body).toMatchObject({
      type: 'urn:javascriptd:error:1200',
      status: 429,
      code: 1200,
      limit: 'rate',
      retryAfterMs: expect.any(Number),
    });
    expect(await run('plain', '5')).toBe(5);
    await service.binary.says(/"tenant":"slow","outcome":"limited","limit":"rate","code":1200/);
    expect(await service.metrics()).toContain('executions_total{tenant="slow",outcome="limited"} 2');
  });
});

describe('two tenants', () => {
  it('find nothing of each other in packages, globals or compiled code', async () => {
    const code = `
      const counter = require('counter');
      var seen = [counter.call(), counter.left, globalThis.left, [].left, JSON.left];
      counter.left = globalThis.left = Array.prototype.left = JSON.left = owner;
      Object.getPrototypeOf(function* () {}).left = owner;
      function f(cb) { cb(seen) }`;
    for (const [secret, owner] of [
      ['acme-new', 'acme'],
      ['beta', 'beta'],
      ['acme-new', 'acme'],
      ['beta', 'beta'],
    ] as const) {
      expect(await run(secret, '', { code, call: 'f', globals: { owner } })).toEqual([
        1,
        null,
        null,
        null,
        null,
      ]);
    }
  });
});
