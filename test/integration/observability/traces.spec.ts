/** Traces of the real program, at a real collector. */
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import { Binary } from '../../support/binary.js';
import { DuplexClient } from '../../support/duplex-client.js';
import { OtlpCollector } from '../../support/otlp-collector.js';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';
const ext = { traceparent: `00-${TRACE}-${SPAN}-01`, tracestate: 'vendor=value', other: 'kept' };
const add = { code: 'function add(cb) { cb(a + b) }', globals: { a: 1, b: 2 }, call: 'add' };

let collector: OtlpCollector;
const started: Binary[] = [];

function start(environment: Readonly<Record<string, string>>): Binary {
  const binary = new Binary(['--port', '0'], environment);
  started.push(binary);
  return binary;
}

beforeAll(async () => {
  collector = await OtlpCollector.start();
});

beforeEach(() => collector.forget());

afterAll(() => {
  collector.close();
  for (const binary of started.splice(0)) binary.kill('SIGKILL');
});

/** Names of OpenTelemetry's packages that the process has loaded; they are CommonJS, so Node can list them. */
const LOADED = `
  import Module from 'node:module';
  process.on('SIGUSR2', () => {
    const names = Object.keys(Module._cache).flatMap((path) => /node_modules\\/(@opentelemetry\\/[^/]+)/.exec(path)?.[1] ?? []);
    process.stderr.write('loaded: ' + [...new Set(names)].sort().join(' ') + ' end\\n');
  });`;

const REPORTS_LOADED = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(LOADED)}` };

async function loadedBy(binary: Binary): Promise<readonly string[]> {
  binary.kill('SIGUSR2');
  const [, names = ''] = await binary.says(/loaded: (.*)end/);
  return names.trim().split(' ').filter(Boolean);
}

describe('the traces of a service', () => {
  let binary: Binary;
  let client: DuplexClient;
  beforeAll(async () => {
    binary = start({
      ...REPORTS_LOADED,
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_BSP_SCHEDULE_DELAY: '50',
    });
    client = await DuplexClient.connect(await binary.listens());
  });
  afterAll(() => client.close());

  it('have the client’s trace as theirs, with a span for each part of an execution', async () => {
    const before = BigInt(Date.now() - 50) * 1_000_000n;
    await client.call('runtime.execute', add, { ext });
    const spans = await collector.collects(3);
    const root = spans.find(({ name }) => name === 'runtime.execute');
    expect(root).toMatchObject({
      traceId: TRACE,
      parentId: SPAN,
      traceState: 'vendor=value',
      attributes: { 'javascriptd.tenant': 'default', 'javascriptd.outcome': 'returned' },
      resource: { 'service.name': 'javascriptd' },
    });
    const children = spans.filter(({ parentId }) => parentId === root?.spanId);
    expect(children.map(({ name }) => name).filter((name) => name !== 'start')).toEqual(['queue', 'run']);
    for (const { traceId, start: from, end } of children) {
      expect(traceId).toBe(TRACE);
      expect(from).toBeGreaterThanOrEqual(root?.start ?? before);
      expect(end).toBeLessThanOrEqual(root?.end ?? before);
      expect(end).toBeGreaterThanOrEqual(from);
    }
    expect(root?.start).toBeGreaterThan(before);
    expect(root?.end).toBeLessThan(BigInt(Date.now() + 50) * 1_000_000n);
    expect(collector.requests[0]?.path).toBe('/v1/traces');
    await binary.says(new RegExp(`"outcome":"returned".*"traceId":"${TRACE}"`));
  });

  it('begin a trace where the client has none, or one that is not well formed', async () => {
    const exts = [undefined, 'traceparent', [], { traceparent: 5 }, { traceparent: `00-${TRACE}-${SPAN}` }];
    for (const wrong of exts) await client.call('runtime.execute', add, { ext: wrong });
    await expect(client.call('runtime.execute', { code: 'throw 1', call: 'f' })).rejects.toMatchObject({
      code: 1000,
    });
    const spans = await collector.collects(6 * 3);
    const roots = spans.filter(({ name }) => name === 'runtime.execute');
    expect(new Set(roots.map(({ traceId }) => traceId)).size).toBe(6);
    expect(roots.every(({ traceId, parentId }) => traceId !== TRACE && parentId === '')).toBe(true);
    expect(roots.at(-1)?.attributes).toMatchObject({ 'javascriptd.outcome': 'threw', 'error.type': '1000' });
  });

  it('tell of what was prepared, and of what was refused', async () => {
    await expect(client.call('runtime.prepare', { code: 5 }, { ext })).rejects.toMatchObject({ code: 1100 });
    const [refused] = await collector.collects(1);
    expect(refused).toMatchObject({
      name: 'runtime.prepare',
      traceId: TRACE,
      attributes: { 'javascriptd.outcome': 'invalid', 'error.type': '1100' },
    });
    await client.call('runtime.prepare', { code: 'let a' }, { ext });
    const spans = await collector.collects(4);
    expect(spans.filter(({ name }) => name === 'runtime.prepare')).toHaveLength(2);
    expect(spans.map(({ name }) => name)).toContain('run');
  });

  it('have loaded what they need of OpenTelemetry', async () => {
    expect(await loadedBy(binary)).toContain('@opentelemetry/sdk-trace-base');
  });
});

describe('traces', () => {
  it('are sent when the service stops, under the name and with the headers that the operator set', async () => {
    const binary = start({
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${collector.url}/traces`,
      OTEL_EXPORTER_OTLP_HEADERS: 'authorization=let%20me%20in',
      OTEL_SERVICE_NAME: 'scripts',
      OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment=test',
    });
    const client = await DuplexClient.connect(await binary.listens());
    await client.call('runtime.execute', add, { ext });
    binary.kill('SIGTERM');
    expect(await binary.ended()).toBe(0);
    expect(collector.requests).toMatchObject([{ path: '/traces', headers: { authorization: 'let me in' } }]);
    expect(collector.spans[0]?.resource).toMatchObject({
      'service.name': 'scripts',
      'deployment.environment': 'test',
    });
    expect(binary.output).not.toContain('let me in');
  });

  it('hold up neither replies nor a stop when nobody collects them', async () => {
    const mute = createServer((socket) => socket.resume().on('error', () => undefined)).listen(
      0,
      '127.0.0.1',
    );
    await once(mute, 'listening');
    const address = mute.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const binary = start({ OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` });
    const client = await DuplexClient.connect(await binary.listens());
    await client.call('runtime.execute', add);
    binary.kill('SIGTERM');
    expect(await binary.ended()).toBe(0);
    mute.close();
  });

  it('tell the operator in a line that they are not taken, and nothing of the credentials', async () => {
    const echo = createHttpServer(({ headers }, response) => {
      response.writeHead(401).end(`who is ${headers.authorization}?`);
    }).listen(0, '127.0.0.1');
    await once(echo, 'listening');
    const address = echo.address();
    const binary = start({
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
      OTEL_EXPORTER_OTLP_HEADERS: 'authorization=hush',
      OTEL_BSP_SCHEDULE_DELAY: '50',
    });
    const client = await DuplexClient.connect(await binary.listens());
    await client.call('runtime.execute', add);
    await binary.says(
      /"level":"warn".*"context":"Traces","msg":"spans were not sent: OTLPExporterError: Unauth/,
    );
    await client.close();
    binary.kill('SIGTERM');
    await binary.ended();
    expect(binary.output).not.toContain('hush');
    echo.closeAllConnections();
    echo.close();
  });

  it('are the operator’s to thin out', async () => {
    const binary = start({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_TRACES_SAMPLER: 'always_off' });
    const client = await DuplexClient.connect(await binary.listens());
    await client.call('runtime.execute', add, { ext });
    binary.kill('SIGTERM');
    expect(await binary.ended()).toBe(0);
    expect(collector.requests).toEqual([]);
  });

  it.each([
    { what: 'nothing of OpenTelemetry', environment: { METRICS: 'off' }, names: [] },
    {
      // prom-client's own dependency, which does nothing without the rest.
      what: 'nothing of OpenTelemetry but what prom-client loads',
      environment: {},
      names: ['@opentelemetry/api'],
    },
  ])('load $what when they are not wanted', async ({ environment, names }) => {
    const binary = start({ ...environment, ...REPORTS_LOADED });
    const client = await DuplexClient.connect(await binary.listens());
    await client.call('runtime.execute', add, { ext });
    expect(await loadedBy(binary)).toEqual(names);
    await client.close();
  });

  it('are refused with a line when they cannot be sent as the operator wants', async () => {
    const binary = start({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' });
    expect(await binary.ended()).toBe(78);
    expect(binary.output).toBe(
      'javascriptd: OTEL_EXPORTER_OTLP_PROTOCOL: "grpc" is not supported; expected http/protobuf\n',
    );
  });
});
