/** A file of tenants that changes under a running service. */
import type { DuplexClient } from '../../support/duplex-client.js';
import { scriptOf, TenantsService, type TenantsGiven } from '../../support/tenants-service.js';

const OLD = { secrets: ['old'] };
const BOTH = { secrets: ['old', 'new'] };
const NEW = { secrets: ['new'] };

const other = { secrets: ['other'] };

let service: TenantsService;
beforeAll(async () => {
  service = new TenantsService();
  service.give({ acme: OLD, other });
  await service.start({ TIMEOUT: '20000' });
});
afterAll(() => service.stop());

/** Lets the service have these tenants. */
async function become(tenants: TenantsGiven): Promise<void> {
  service.give(tenants);
  expect(await service.told()).toContain('tenants in effect');
}

const value = async (client: DuplexClient): Promise<unknown> =>
  client.call('runtime.execute', scriptOf('1')).then(
    (result) => (result as { value: unknown }).value,
    (error: unknown) => (error as { code: unknown }).code,
  );
const statusOf = async (secret: string): Promise<number> =>
  (await service.post(secret, scriptOf('1'))).status;

describe('a secret that is rotated', () => {
  it('is accepted in addition to the old one, until that is revoked; no connection is closed', async () => {
    const old = await service.connect('old');
    const another = await service.connect('other');
    expect(await statusOf('new')).toBe(401);

    service.give({ acme: BOTH, other });
    expect(await service.told()).toBe('tenants in effect: 2; secrets revoked: 0');
    const young = await service.connect('new');
    expect([await value(old), await value(young), await value(another)]).toEqual([1, 1, 1]);

    const running = old.call('runtime.execute', {
      code: 'function f(cb) { setTimeout(cb, 2500, "to its end") }',
      call: 'f',
    });
    await value(old);
    service.give({ acme: NEW, other });
    expect(await service.told()).toBe('tenants in effect: 2; secrets revoked: 1');
    expect([await value(old), await value(young), await value(another)]).toEqual([1103, 1, 1]);
    await expect(old.call('runtime.modules')).rejects.toMatchObject({ code: 1103, message: 'Forbidden' });
    await expect(service.connect('old')).rejects.toMatchObject({ status: 401 });
    expect([await statusOf('old'), await statusOf('new')]).toEqual([401, 200]);
    // What had begun with it goes on.
    expect(await running).toMatchObject({ value: 'to its end' });
    await Promise.all([old, young, another].map((client) => client.close()));
  }, 20_000);
});

describe('a tenant that changes', () => {
  it('has its new limits from its next execution on; one that vanishes is refused', async () => {
    await become({ acme: { ...OLD, limits: { result: 10 } }, gone: { secrets: ['gone'] } });
    const acme = await service.connect('old');
    const gone = await service.connect('gone');
    const long = scriptOf('"x".repeat(20)');
    await expect(acme.call('runtime.execute', long)).rejects.toMatchObject({ code: 1003 });
    expect(await value(gone)).toBe(1);
    service.give({ acme: { ...OLD, limits: { result: 30 }, modules: [] }, heir: { secrets: ['gone'] } });
    await service.told();
    expect(await acme.call('runtime.execute', long)).toMatchObject({ value: 'x'.repeat(20) });
    await expect(acme.call('runtime.execute', scriptOf('require("path")'))).rejects.toMatchObject({
      code: 1000,
    });
    expect(await value(gone)).toBe(1103);
    // The same secret is now somebody else's.
    const heir = await service.connect('gone');
    expect(await value(heir)).toBe(1);
    await service.binary.says(/"tenant":"heir","outcome":"returned"/);
    await Promise.all([acme, gone, heir].map((client) => client.close()));
  });
});

describe('a file that is wrong', () => {
  it('changes nothing, is reported in log and metrics, and is loaded when it is valid again, or at SIGHUP', async () => {
    await become({ acme: OLD });
    const client = await service.connect('old');
    const stay = 'the previous tenants stay in effect: SECRETS_FILE: ';
    service.give({ acme: { secrets: ['hunter2'], limits: { memory: 'hunter2' } } });
    expect(await service.told()).toBe(`${stay}tenants.acme.limits.memory: must be a whole number from 96`);
    expect(await service.metrics()).toContain('javascriptd_secrets_current 0');
    expect([await value(client), await statusOf('old'), await statusOf('hunter2')]).toEqual([1, 200, 401]);
    service.write('tenants: {acme: {secrets: [hunter2}');
    expect(await service.told()).toBe(`${stay}line 1, column 35: invalid YAML (BAD_INDENT)`);
    service.binary.kill('SIGHUP');
    expect(await service.told()).toBe(`${stay}line 1, column 35: invalid YAML (BAD_INDENT)`);
    service.give({ acme: BOTH });
    expect(await service.told()).toBe('tenants in effect: 1; secrets revoked: 0');
    expect(await service.metrics()).toContain('javascriptd_secrets_current 1');
    expect(await statusOf('new')).toBe(200);
    service.binary.kill('SIGHUP');
    expect(await service.told()).toBe('tenants in effect: 1; secrets revoked: 0');
    await service.binary.says(/installed packages again/);
    expect(service.binary.output).not.toContain('hunter2');
    await client.close();
  });
});

describe('a file that is mounted as Kubernetes does', () => {
  it('is taken when its volume is swapped', async () => {
    const mounted = new TenantsService();
    mounted.mount({ acme: OLD });
    await mounted.start();
    const statuses = async (): Promise<readonly number[]> =>
      Promise.all(['old', 'new'].map(async (secret) => (await mounted.post(secret, scriptOf('1'))).status));
    expect(await statuses()).toEqual([200, 401]);
    mounted.mount({ acme: NEW });
    await mounted.told();
    expect(await statuses()).toEqual([401, 200]);
    await mounted.stop();
  });
});
