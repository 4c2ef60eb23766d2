import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { connect, RefusedError, ScriptError, type Client } from 'javascriptd/client';
import { createApplication } from '../src/application.js';

const JOIN = { code: 'function f(cb) { cb(require("path").join("a", "b")) }', call: 'f' };
const FETCH = { code: 'async function f() { await fetch("https://example.com") }', call: 'f' };

let app: NestFastifyApplication;
let url: string;
beforeAll(async () => {
  app = await createApplication();
  await app.listen(0, '127.0.0.1');
  url = await app.getUrl();
});
afterAll(() => app.close());

const clients: Client[] = [];
function clientOf(secret: string): Client {
  const client = connect(url.replace('http', 'ws'), { secret, reconnect: false });
  clients.push(client);
  return client;
}
afterEach(() => Promise.all(clients.splice(0).map((client) => client.close())));

it('serves Duplex', async () => {
  const { value } = await clientOf('acme-secret').execute(JOIN);
  expect(value).toBe('a/b');
});

it('serves HTTP', async () => {
  const response = await fetch(`${url}/v1/execute`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-runtime-secret': 'acme-secret' },
    body: JSON.stringify(JOIN),
  });
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({ value: 'a/b' });
});

it('knows secrets, modules and hosts of its customers', async () => {
  await expect(clientOf('wrong').execute(JOIN)).rejects.toThrow(RefusedError);
  await expect(clientOf('globex-secret').execute(JOIN)).rejects.toThrow(ScriptError);
  await expect(clientOf('acme-secret').execute(FETCH)).rejects.toThrow('example.com');
});

it('meters its customers', async () => {
  await clientOf('acme-secret').execute(JOIN);
  const response = await fetch(`${url}/usage/acme`);
  expect(((await response.json()) as { milliseconds: number }).milliseconds).toBeGreaterThan(0);
});

it('has metrics and health', async () => {
  expect(await (await fetch(`${url}/metrics`)).text()).toContain('javascriptd_executions_total');
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
});
