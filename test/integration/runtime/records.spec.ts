/** Every request to execute or to prepare a script has one record, however early it is refused. */
import { Injectable } from '@nestjs/common';
import { SecretSource, type Identity } from '../../../src/auth/index.js';
import type { ExecutionRecord } from '../../../src/runtime/index.js';
import { DuplexClient } from '../../support/duplex-client.js';
import { JSON_HEADERS, post } from '../../support/http-execute.js';
import { RuntimeApp } from '../../support/runtime-app.js';
import { until } from '../../support/until.js';

const ID = `sha256:${'0'.repeat(64)}`;
const revoked = new Set<string>();

@Injectable()
class Secrets extends SecretSource {
  override readonly open = false;
  override async tenantOf(presented = ''): Promise<Identity | undefined> {
    if (!presented.startsWith('secret-')) return undefined;
    const tenant = presented.slice('secret-'.length);
    return {
      tenant,
      get revoked() {
        return revoked.has(tenant);
      },
    };
  }
}

let app: RuntimeApp;
beforeEach(async () => {
  revoked.clear();
  app = await RuntimeApp.start({ auth: { secrets: Secrets } });
});
afterEach(() => app.close());

const outcomesOf = (records: readonly ExecutionRecord[]): readonly unknown[] =>
  records.map(({ method, tenant, outcome, code }) => [method, tenant, outcome, code]);

it('over WebSocket', async () => {
  const client = await DuplexClient.connect(app.url, { headers: { 'x-runtime-secret': 'secret-red' } });
  const call = (method: string, payload: unknown): Promise<unknown> =>
    client.call(`runtime.${method}`, payload).catch((error: unknown) => error);
  await call('execute', { code: '' });
  await call('prepare', { code: '' });
  await call('execute', { code: 5 });
  await call('prepare', { code: 5 });
  await call('execute', { code: '', options: { timeout: 1e9 } });
  await call('execute', { script: ID });
  await call('cancel', {});
  await call('nothing', {});
  revoked.add('red');
  await call('execute', { code: '' });
  await call('prepare', { code: '' });
  await call('cancel', { id: 1 });
  expect(outcomesOf(app.records)).toEqual([
    ['runtime.execute', 'red', 'returned', undefined],
    ['runtime.prepare', 'red', 'returned', undefined],
    ['runtime.execute', 'red', 'invalid', 1100],
    ['runtime.prepare', 'red', 'invalid', 1100],
    ['runtime.execute', 'red', 'invalid', 1100],
    ['runtime.execute', 'red', 'unknownScript', 1104],
    ['runtime.execute', 'red', 'forbidden', 1103],
    ['runtime.prepare', 'red', 'forbidden', 1103],
  ]);
  for (const { requestBytes, replyBytes, receivedAt, askedAt, endedAt, answeredAt } of app.records) {
    expect(requestBytes).toBeGreaterThan(60);
    expect(replyBytes).toBeGreaterThan(20);
    const moments = [receivedAt, askedAt, endedAt, answeredAt];
    expect(moments).toEqual(moments.toSorted((a, b) => a - b));
  }
  expect(app.sandbox.executions).toHaveLength(1);
  await client.close();
});

it('over HTTP', async () => {
  const headers = { ...JSON_HEADERS, 'x-runtime-secret': 'secret-blue' };
  const prepare = (body: string): Promise<Response> =>
    fetch(`http://${app.address}/v1/prepare`, { method: 'POST', headers, body });
  await post(app.address, '{"code":""}', headers);
  await prepare('{"code":""}');
  await post(app.address, '{"code":5}', headers);
  await post(app.address, '{"code":"","options":{"functions":["f"]}}', headers);
  await post(app.address, `{"script":"${ID}"}`, headers);
  await post(app.address, '{"code":', headers);
  await prepare('{"code":5}');
  await until(() => app.records.length >= 7);
  expect(outcomesOf(app.records)).toEqual([
    ['runtime.execute', 'blue', 'returned', undefined],
    ['runtime.prepare', 'blue', 'returned', undefined],
    ['runtime.execute', 'blue', 'invalid', 1100],
    ['runtime.execute', 'blue', 'invalid', 1100],
    ['runtime.execute', 'blue', 'unknownScript', 1104],
    ['runtime.execute', 'blue', 'invalid', 1102],
    ['runtime.prepare', 'blue', 'invalid', 1100],
  ]);
});
