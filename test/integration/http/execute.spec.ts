/** `POST /v1/execute` over the real HTTP server, over a sandbox that runs nothing. */
import { Injectable } from '@nestjs/common';
import { SecretSource } from '../../../src/auth/index.js';
import {
  RunnerStartError,
  SandboxBusyError,
  SandboxClosedError,
  type Outcome,
} from '../../../src/sandbox/index.js';
import { DuplexClient } from '../../support/duplex-client.js';
import { JSON_HEADERS, post, postForEvents } from '../../support/http-execute.js';
import { RuntimeApp } from '../../support/runtime-app.js';
import { TcpClient } from '../../support/tcp-client.js';

const PROBLEM = 'application/problem+json';
const SCRIPT = { code: 'var f', globals: { a: 1 }, call: 'f' };

let app: RuntimeApp;
const start = async (options: Parameters<typeof RuntimeApp.start>[0] = {}): Promise<void> => {
  app = await RuntimeApp.start(options);
};
afterEach(() => app.close());

describe('a script over HTTP', () => {
  beforeEach(() => start());

  it('returns the result of runtime.execute', async () => {
    const client = await DuplexClient.connect(app.url);
    const { status, headers, body } = await post(app.address, SCRIPT);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/json');
    expect(body).toEqual(await client.call('runtime.execute', SCRIPT));
    expect(app.sandbox.executions[0]).toEqual(app.sandbox.executions[1]);
    await client.close();
  });

  it.each([
    [
      'keys that are special in JavaScript',
      '{"code":"","globals":{"__proto__":{"a":1},"constructor":{"prototype":1}}}',
    ],
    ['a charset', '{"code":"é"}'],
  ])('is parsed as over WebSocket, with %s', async (_, text) => {
    const headers = { 'content-type': 'application/json; charset=utf-8' };
    expect((await post(app.address, text, headers)).status).toBe(200);
    const { code, globals = {} }: { code: string; globals?: object } = JSON.parse(text);
    expect(app.sandbox.executions[0]?.script).toMatchObject({ code });
    expect(JSON.stringify(app.sandbox.executions[0]?.script.globals)).toBe(JSON.stringify(globals));
  });

  it('has an execution record as over WebSocket, with the body sizes and the client’s trace', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const body = JSON.stringify(SCRIPT);
    await post(app.address, body, { ...JSON_HEADERS, traceparent });
    app.sandbox.answer = () => ({ kind: 'missing', console: [] });
    const missing = await post(app.address, body);
    const { events, response } = await postForEvents(app.address, body);
    expect(response.status).toBe(200);
    expect(events).toHaveLength(1);
    expect(app.records).toMatchObject([
      { tenant: 'default', outcome: 'returned', code: undefined, ext: JSON.stringify({ traceparent }) },
      { outcome: 'missing', code: 1001, ext: undefined },
      { outcome: 'missing', code: 1001 },
    ]);
    for (const record of app.records) {
      expect(record.requestBytes).toBe(body.length);
      expect(record.receivedAt).toBeLessThanOrEqual(record.askedAt);
      expect(record.answeredAt).toBeGreaterThanOrEqual(record.endedAt);
    }
    expect(app.records[1]?.replyBytes).toBe(Number(missing.headers.get('content-length')));
  });
});

describe('a problem', () => {
  beforeEach(() => start());

  const console = ['said'];
  it.each<[string, Outcome, number, number, object]>([
    [
      'threw',
      { kind: 'threw', console, thrown: { name: 'E', message: 'm', stack: 's', line: 1, column: 2 } },
      422,
      1000,
      { name: 'E', message: 'm', stack: 's', line: 1, column: 2, console },
    ],
    [
      'has no such function',
      { kind: 'missing', console },
      422,
      1001,
      { call: 'f', functions: [], hint: 'no function `f`; the script has no functions' },
    ],
    ['timed out', { kind: 'timedOut', limit: 'cpu', console }, 504, 1002, { limit: 'cpu', console }],
    [
      'exceeded a limit',
      { kind: 'exhausted', limit: 'memory', console },
      422,
      1003,
      { limit: 'memory', console },
    ],
    ['was cancelled', { kind: 'cancelled', console }, 499, 1004, { console }],
    ['lost its runner', { kind: 'died', console }, 502, 1201, { console }],
  ])(
    'of a script that %s has the error data as extension members',
    async (_, outcome, status, code, data) => {
      app.sandbox.answer = () => outcome;
      const answer = await post(app.address, SCRIPT);
      expect(answer.status).toBe(status);
      expect(answer.headers.get('content-type')).toBe(PROBLEM);
      expect(answer.headers.get('retry-after')).toBeNull();
      expect(answer.body).toEqual({
        type: `urn:javascriptd:error:${code}`,
        title: expect.any(String),
        detail: expect.any(String),
        status,
        code,
        ...data,
      });
    },
  );

  it.each([
    ['busy', new SandboxBusyError(3, 12), 503, 1200, '1'],
    ['stopping', new SandboxClosedError(), 503, 1202, '1'],
    ['without runners', new RunnerStartError('/secret/path'), 502, 1201, null],
    ['failing', new TypeError('/secret/path'), 500, 1203, null],
  ])(
    'of a service that is %s has Retry-After if a retry helps, and no details',
    async (_, error, status, code, again) => {
      app.sandbox.answer = () => Promise.reject(error);
      const answer = await post(app.address, SCRIPT);
      expect([answer.status, answer.body['code'], answer.headers.get('retry-after')]).toEqual([
        status,
        code,
        again,
      ]);
      expect(JSON.stringify(answer.body)).not.toContain('secret');
    },
  );

  it('of an invalid script lists the fields', async () => {
    const { status, body } = await post(app.address, { code: 5, caller: [] });
    expect(status).toBe(400);
    expect(body).toMatchObject({ code: 1100, fields: [{ field: 'code' }, { field: 'caller' }] });
    expect((await post(app.address, '[]')).body).toMatchObject({
      code: 1100,
      fields: [{ field: 'payload' }],
    });
  });

  it('of options that need a WebSocket names the option', async () => {
    const { status, body } = await post(app.address, { ...SCRIPT, options: { functions: ['charge'] } });
    expect(status).toBe(400);
    expect(body).toMatchObject({ code: 1100, fields: [{ field: 'options.functions' }] });
    expect(app.sandbox.executions).toEqual([]);
  });

  it.each(['{"code":', '', 'canary', '\u{1F600}'])(
    'of a body that is not JSON (%j) does not repeat it',
    async (text) => {
      const { status, body } = await post(app.address, text);
      expect([status, body['code']]).toEqual([400, 1102]);
      expect(JSON.stringify(body)).not.toContain('canary');
    },
  );

  it('of a body that is not UTF-8 has the code of invalid JSON', async () => {
    const response = await fetch(`http://${app.address}/v1/execute`, {
      method: 'POST',
      headers: JSON_HEADERS,
      body: Buffer.from('{"code":"\xff"}', 'latin1'),
    });
    expect([response.status, await response.json()]).toEqual([400, expect.objectContaining({ code: 1102 })]);
  });

  it.each(['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD'])(
    'of the method %s has Allow',
    async (method) => {
      const response = await fetch(`http://${app.address}/v1/execute?x=1`, { method });
      expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
      expect(response.headers.get('content-type')).toBe(PROBLEM);
    },
  );

  it.each(['/', '/v1', '/v1/execute/', '/v2/execute', '/%2e%2e/v1'])(
    'of the unknown path %s has status 404',
    async (path) => {
      const response = await fetch(`http://${app.address}${path}`, {
        method: 'POST',
        headers: JSON_HEADERS,
        body: '{}',
      });
      expect([response.status, response.headers.get('content-type')]).toEqual([404, PROBLEM]);
    },
  );

  it('of a malformed URL has status 400', async () => {
    const response = await fetch(`http://${app.address}/%zz`);
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toMatch(PROBLEM);
  });

  it('of the request itself means that nothing ran', async () => {
    await post(app.address, '{');
    await post(app.address, { code: 1 });
    await post(app.address, SCRIPT, { 'content-type': 'text/plain' });
    expect(app.sandbox.executions).toEqual([]);
    expect(app.records).toMatchObject([
      { outcome: 'invalid', code: 1102 },
      { outcome: 'invalid', code: 1100 },
    ]);
  });
});

/** A request body of `bytes` bytes. */
const script = (bytes: number): string => `{"code":"${'x'.repeat(bytes - '{"code":""}'.length)}"}`;

describe('the size of a body', () => {
  beforeEach(() => start({ maxBodyBytes: 1000 }));

  it('may reach the limit and not exceed it, with Content-Length or chunked', async () => {
    expect((await post(app.address, script(1000))).status).toBe(200);
    expect(await post(app.address, script(1001))).toMatchObject({
      status: 413,
      body: { code: 1102, status: 413 },
    });
    const client = await TcpClient.connect(Number(app.address.split(':')[1]));
    const chunk = `${(1001).toString(16)}\r\n${script(1001)}\r\n`;
    client.socket.write(
      'POST /v1/execute HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n' +
        `Transfer-Encoding: chunked\r\n\r\n${chunk}0\r\n\r\n`,
    );
    const answer = String(await client.rest());
    expect(answer).toMatch(/^HTTP\/1\.1 413 [^]*"code":1102/);
    expect(app.sandbox.executions).toHaveLength(1);
  });
});

describe('authentication', () => {
  @Injectable()
  class TwoTenants extends SecretSource {
    override readonly open = false;
    override async tenantOf(presented: string | undefined): Promise<string | undefined> {
      if (presented === 'down') throw new Error('the vault is down');
      return { 'red-secret': 'red', 'blue-secret': 'blue' }[presented ?? ''];
    }
  }

  it('requires the secret before the body is read', async () => {
    await start({ auth: { secret: 'correct horse' } });
    const secret = { ...JSON_HEADERS, 'x-runtime-secret': 'correct horse' };
    expect((await post(app.address, SCRIPT, secret)).status).toBe(200);
    for (const headers of [JSON_HEADERS, { ...secret, 'x-runtime-secret': 'wrong' }]) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      const answer = await post(app.address, 'not even JSON', headers);
      expect(answer).toMatchObject({ status: 401, body: { code: 1103, status: 401 } });
      expect(answer.headers.get('www-authenticate')).toContain('x-runtime-secret');
    }
  });

  it('runs each client’s scripts as its tenant, and none if the secret source throws', async () => {
    await start({ auth: { secrets: TwoTenants } });
    const as = (secret: string) => post(app.address, SCRIPT, { ...JSON_HEADERS, 'x-runtime-secret': secret });
    expect([(await as('red-secret')).status, (await as('blue-secret')).status]).toEqual([200, 200]);
    expect(await as('green-secret')).toMatchObject({ status: 401 });
    expect(await as('down')).toMatchObject({ status: 500, body: { code: 1203 } });
    expect(app.sandbox.executions.map(({ tenant }) => tenant)).toEqual(['red', 'blue']);
  });

  it('refuses cross-site pages if no secret is required', async () => {
    await start({ auth: { origins: ['https://play.example'] } });
    const from = (origin: string, type = 'application/json') =>
      post(app.address, SCRIPT, { origin, 'content-type': type });
    expect(await from('https://evil.example')).toMatchObject({ status: 403, body: { code: 1103 } });
    expect((await from('null')).status).toBe(403);
    // A browser sends this request without a CORS preflight.
    expect((await from('https://evil.example', 'text/plain')).status).toBe(403);
    expect((await from('http://localhost:3000', 'text/plain')).status).toBe(415);
    expect((await from('https://play.example')).status).toBe(200);
    expect((await from('http://localhost:3000')).status).toBe(200);
    expect(app.sandbox.executions).toHaveLength(2);
  });
});

describe('an event stream', () => {
  beforeEach(() => start());

  it('ends with the result', async () => {
    const { response, events } = await postForEvents(app.address, SCRIPT);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    expect(response.headers.get('cache-control')).toContain('no-cache');
    expect(events).toEqual([{ event: 'result', data: { value: 42, console: ['hello'], time: 1 } }]);
  });

  it('delivers each console line and value as it occurs, and the result last', async () => {
    app.sandbox.answer = async (_, __, watcher) => {
      await watcher?.console?.({ level: 'warn', time: 3, text: 'a\nb' });
      await watcher?.yielded?.({ n: 1 });
      await watcher?.yielded?.(undefined);
      return { kind: 'exhausted', limit: 'memory', console: ['a\nb'] };
    };
    const { events } = await postForEvents(app.address, SCRIPT);
    expect(events).toMatchObject([
      { event: 'console', data: { level: 'warn', time: 3, text: 'a\nb' } },
      { event: 'value', data: { n: 1 } },
      { event: 'value', data: null },
      { event: 'error', data: { code: 1003, console: ['a\nb'] } },
    ]);
  });

  it('is the only response for which the console is watched', async () => {
    let watched: unknown = 'not called';
    app.sandbox.answer = (_, __, watcher) => {
      watched = watcher;
      return { kind: 'missing', console: [] };
    };
    await post(app.address, SCRIPT);
    expect(watched).toBeUndefined();
  });

  it('ends with the error of a script that ran', async () => {
    app.sandbox.answer = () => ({ kind: 'timedOut', limit: 'wall', console: ['a'] });
    const { response, events } = await postForEvents(app.address, SCRIPT);
    expect(response.status).toBe(200);
    expect(events).toMatchObject([{ event: 'error', data: { code: 1002, status: 504, console: ['a'] } }]);
  });

  it('is not started if nothing ran: the problem has its own status', async () => {
    app.sandbox.answer = () => Promise.reject(new SandboxBusyError(1, 1));
    const answer = await post(app.address, SCRIPT, { ...JSON_HEADERS, accept: 'text/event-stream' });
    expect(answer).toMatchObject({ status: 503, body: { code: 1200 } });
    expect(answer.headers.get('content-type')).toBe(PROBLEM);
  });
});
