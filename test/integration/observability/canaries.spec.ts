/** Nothing that a client sends, and no secret, is in the log, in the metrics or in traces. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Binary } from '../../support/binary.js';
import { DuplexClient } from '../../support/duplex-client.js';
import { OtlpCollector } from '../../support/otlp-collector.js';
import { runnerPids } from '../../support/processes.js';
import { RawClient } from '../../support/raw-client.js';
import { scriptOf, TenantsService } from '../../support/tenants-service.js';
import { TcpClient } from '../../support/tcp-client.js';

const headers = { 'x-runtime-secret': 'canary-secret' };
const call = 'canaryCall';

/** Payloads that end in every way that an execution can, each with canaries in it. */
const PAYLOADS: readonly (readonly [code: number | undefined, payload: unknown])[] = [
  [
    undefined,
    {
      code: 'function canaryCall(cb) { console.log("canary-console", canaryGlobal); cb({ "canary-key": "canary-result" }) }',
      globals: { canaryGlobal: 'canary-global' },
      call,
      caller: '(function (callee, cb) { var canaryCaller; return callee(cb) })',
    },
  ],
  [1000, { code: 'function canaryCall() { throw new Error("canary-error") }', call }],
  [
    1000,
    { code: 'class CanaryName extends Error { name = "CanaryName" }; throw new CanaryName("canary-top")' },
  ],
  [1000, { code: 'function canaryCall( { canary syntax' }],
  [1000, { code: 'throw "canary-text"' }],
  [
    1000,
    { code: 'async function canaryCall() { await fetch("https://canary.example/canary?canary") }', call },
  ],
  [1000, { code: 'async function canaryCall() { await fetch("https://localhost/canary?canary") }', call }],
  [1000, { code: 'require("canary-package")' }],
  [1000, { code: 'function canaryCall(cb) { cb(1n) }', call }],
  [1000, { code: 'function canaryCall() {}', caller: '(canary caller', call }],
  [1001, { code: 'var canary', call: 'canaryMissing' }],
  [1002, { code: 'function canaryCall() { console.log("canary-before"); for (;;); }', call }],
  [1002, { code: 'function canaryCall(cb) {}', call }],
  [1100, 'canary-payload'],
  [1100, ['canary-payload']],
  [1100, { code: { canary: 'canary-code' }, globals: 'canary-globals', caller: ['canary-caller'] }],
];

const EXTS: readonly unknown[] = [
  { traceparent: 'canary-traceparent', tracestate: 'canary=state' },
  'canary-ext',
  { 'canary-ext-key': ['canary-ext-value'] },
];

/** Frames after the handshake; the connection is lost with some. */
const FRAMES: readonly string[] = [
  '{"type":"req","id":"canary-id","method":"canary.method","payload":"canary"}',
  '{"type":"req","id":1,"method":["canary"],"payload":"canary"}',
  '{"type":"req","id":1,"method":"runtime.execute","more":"canary"}',
  '{"type":"canary","id":1}',
  '{"type":"req","id":{"canary":1}}',
  'canary, which is no JSON',
  JSON.stringify({
    type: 'req',
    id: 1,
    method: 'runtime.execute',
    payload: { code: `//${'canary'.repeat(2e5)}` },
  }),
];

let collector: OtlpCollector;
let binary: Binary;
let url: string;

beforeAll(async () => {
  collector = await OtlpCollector.start();
  binary = new Binary(['--port', '0', '--timeout', '1000', '--max-frame-bytes', '1048576'], {
    SECRET: headers['x-runtime-secret'],
    HOST: '127.0.0.1',
    EGRESS: 'localhost',
    EGRESS_HEADERS: '{"localhost":{"authorization":"canary-header"}}',
    LOG_LEVEL: 'debug',
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_EXPORTER_OTLP_HEADERS: 'authorization=canary-collector',
  });
  url = await binary.listens();
});

afterAll(() => {
  binary.kill('SIGKILL');
  collector.close();
});

/** Sends bytes as they are, and waits until the service has had enough of them. */
async function sendBytes(text: string): Promise<void> {
  const client = await TcpClient.connect(Number(new URL(url).port));
  client.socket.resume().end(text);
  await client.closed;
}

async function sendEverything(): Promise<void> {
  const client = await DuplexClient.connect(url, { headers });
  for (const [i, [code, payload]] of PAYLOADS.entries()) {
    const ext = EXTS[i % EXTS.length];
    const reply: unknown = await client
      .call('runtime.execute', payload, { ext })
      .catch((error: unknown) => error);
    expect((reply as { code?: number }).code).toBe(code);
  }
  await client.close();
  for (const frame of FRAMES) {
    const raw = await RawClient.greet(url, { headers });
    raw.send(frame);
    raw.socket.send(Buffer.from('canary in binary'));
    await raw.closed;
  }
  for (const greeting of ['SIMPLEX/1.0;canary', 'canary', '']) {
    const raw = await RawClient.connect(url, { headers });
    raw.send(greeting);
    await raw.closed;
  }
  const refusals = [
    RawClient.connect(url, { headers: { 'x-runtime-secret': 'canary-guess' } }),
    RawClient.connect(`${url}/canary-path?canary=query`, { headers }),
  ];
  for (const refusal of refusals) await expect(refusal).rejects.toThrow('upgrade refused');
  const http = url.replace('ws:', 'http:');
  await fetch(`${http}/canary-path?canary=query`, { headers: { 'x-canary': 'canary', ...headers } });
  await fetch(`${http}/metrics?canary=query`, { method: 'POST', body: 'canary' });
  await sendBytes('canary is no HTTP\r\n\r\n');
  await sendBytes('GET / HTTP/1.1\r\ncanary: canary\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n');
}

it('reveals nothing that clients send, and no secret, whatever they send', async () => {
  await sendEverything();
  const metrics = await (await fetch(`${url.replace('ws:', 'http:')}/metrics`)).text();
  binary.kill('SIGTERM');
  expect(await binary.ended()).toBe(0);
  const spans = collector.requests.map(({ body }) => body.toString('latin1')).join('\n');
  // That all three were looking.
  expect(binary.stdout.match(/"context":"Execution"/g)).toHaveLength(PAYLOADS.length);
  expect(metrics).toContain('javascriptd_executions_total{tenant="default",outcome="timedOut"} 2');
  expect(metrics).toMatch(/javascriptd_requests_total{method="other",code="110[12]"}/);
  expect(collector.spans.filter(({ name }) => name === 'runtime.execute')).toHaveLength(PAYLOADS.length);
  const told = `${binary.output}\n${metrics}\n${spans}`;
  expect(told.split('\n').filter((line) => /canary/i.test(line))).toEqual([]);
});

it('reveals no secret of a tenant and no hash, from a valid or an invalid file; and runner processes do not have them', async () => {
  const hash = createHash('sha256').update('canary-hashed').digest('hex');
  const plainHash = createHash('sha256').update('canary-plain').digest('hex');
  const right = {
    red: { secrets: ['canary-plain', `sha256:${hash}`], rate: { perSecond: 0.001, burst: 2 } },
  };
  const service = new TenantsService();
  service.give(right);
  await service.start({ LOG_LEVEL: 'debug' });
  for (const secret of ['canary-plain', 'canary-hashed', 'canary-plain', 'canary-guess'])
    await service.post(secret, scriptOf('1'));
  const WRONG = [
    '{"tenants": {"red": {"secrets": ["canary-plain"], "canary-plain": 1, "limits": {"memory": "canary"}}}}',
    'tenants: {red: {secrets: [canary-plain}, canary',
    'tenants: {red: {secrets: [canary-a]}, blue: {secrets: [canary-a, "canary\\n", sha256:canary]}, "canary blue": {}}',
  ];
  const told = [];
  for (const text of WRONG) {
    service.write(text);
    told.push(await service.told());
  }
  expect(told.every((line) => line.startsWith('the previous tenants stay'))).toBe(true);
  service.give({ ...right, blue: { secrets: ['canary-blue'] } });
  await service.told();
  await service.post('canary-blue', scriptOf('1'));
  const pids = runnerPids(service.binary.process.pid);
  expect(pids.length).toBeGreaterThan(0);
  const files = pids.flatMap((pid) => ['environ', 'cmdline'].map((file) => `/proc/${pid}/${file}`));
  const children = files.map((file) => readFileSync(file, 'latin1')).join('\n');
  const seen = `${await service.metrics()}\n${children}`;
  expect(children).not.toContain(service.path);
  await service.stop();
  const everything = `${service.binary.output}\n${seen}`;
  expect(everything).toContain('"tenant":"red","outcome":"limited"');
  expect(everything.split('\n').filter((line) => /canary/i.test(line))).toEqual([]);
  for (const secret of [hash, plainHash]) expect(everything).not.toContain(secret.slice(0, 16));
});
