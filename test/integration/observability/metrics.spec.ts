/** `GET /metrics` of the real program. */
import { Binary } from '../../support/binary.js';
import { DuplexClient } from '../../support/duplex-client.js';
import { RawClient } from '../../support/raw-client.js';

const started: Binary[] = [];

function start(args: readonly string[] = [], environment: Readonly<Record<string, string>> = {}): Binary {
  const binary = new Binary(['--port', '0', ...args], environment);
  started.push(binary);
  return binary;
}

afterEach(() => {
  for (const binary of started.splice(0)) binary.kill('SIGKILL');
});

const metricsUrl = (url: string): string => `${url.replace('ws:', 'http:')}/metrics`;

/** Values by their series, as they stand in the text. */
async function scrape(url: string): Promise<ReadonlyMap<string, number>> {
  const response = await fetch(metricsUrl(url));
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  const text = await response.text();
  return new Map(
    [...text.matchAll(/^([a-z][^ ]*(?:\{.*\})?) ([^ ]+)$/gm)].map(([, name = '', value]) => [
      name,
      Number(value),
    ]),
  );
}

const code = 'function f(cb) { setTimeout(cb, 30) }';

describe('GET /metrics', () => {
  it('counts executions, requests, frames, connections, refusals and the ends of runner processes', async () => {
    const binary = start(['--timeout', '200', '--host', '127.0.0.1'], { SECRET: 's3cret' });
    const url = await binary.listens();
    const headers = { 'x-runtime-secret': 's3cret' };
    const client = await DuplexClient.connect(url, { headers });
    await client.call('runtime.execute', { code, call: 'f' });
    await client.call('runtime.execute', { code, call: 'f' });
    await expect(client.call('runtime.execute', { code: 'for (;;);' })).rejects.toMatchObject({ code: 1002 });
    await expect(client.call('runtime.execute', { code: 5 })).rejects.toMatchObject({ code: 1100 });
    await client.call('runtime.prepare', { code });
    await expect(client.call('runtime.prepare', { code: 5 })).rejects.toMatchObject({ code: 1100 });
    await expect(client.call('any.method', {})).rejects.toMatchObject({ code: 1101 });
    await expect(RawClient.connect(url)).rejects.toThrow('401');
    const values = await scrape(url);
    expect(Object.fromEntries(values)).toMatchObject({
      'javascriptd_executions_total{tenant="default",outcome="returned"}': 2,
      'javascriptd_executions_total{tenant="default",outcome="timedOut"}': 1,
      'javascriptd_preparations_total{tenant="default",outcome="returned"}': 1,
      'javascriptd_refusals_total{tenant="default",reason="invalid"}': 2,
      'javascriptd_requests_total{method="runtime.execute",code="0"}': 2,
      'javascriptd_requests_total{method="runtime.execute",code="1002"}': 1,
      'javascriptd_requests_total{method="runtime.execute",code="1100"}': 1,
      'javascriptd_requests_total{method="other",code="1101"}': 1,
      javascriptd_execution_queue_seconds_count: 3,
      javascriptd_execution_start_seconds_count: 3,
      javascriptd_execution_run_seconds_count: 3,
      'javascriptd_execution_run_seconds_bucket{le="0.025"}': 0,
      javascriptd_execution_reply_seconds_count: 3,
      javascriptd_execution_duration_seconds_count: 3,
      javascriptd_connections: 1,
      javascriptd_connections_opened_total: 1,
      'javascriptd_upgrades_refused_total{status="401"}': 1,
      javascriptd_frames_received_total: 8,
      javascriptd_frames_sent_total: 8,
      'javascriptd_runner_processes_ended_total{reason="timedOut"}': 1,
      'javascriptd_runner_processes_ended_total{reason="protocol_violation"}': 0,
      javascriptd_sandbox_up: 1,
      javascriptd_executions_in_flight: 0,
      javascriptd_queue_length: 0,
      javascriptd_queue_capacity: 1024,
      javascriptd_runner_processes_max: 64,
    });
    expect(values.get('javascriptd_received_bytes_total')).toBeGreaterThan(300);
    expect(values.get('javascriptd_tenant_run_seconds_total{tenant="default"}')).toBeGreaterThan(0.2);
    expect(values.get('javascriptd_runner_processes_started_total')).toBeGreaterThanOrEqual(3);
    expect(values.get('nodejs_eventloop_lag_p99_seconds')).toBeGreaterThan(0);
    expect(values.get('process_resident_memory_bytes')).toBeGreaterThan(1e7);
    await client.close();
  });

  it('shows running and waiting executions', async () => {
    const binary = start(['--max-concurrency', '1', '--sandbox-min-runners', '1']);
    const url = await binary.listens();
    const client = await DuplexClient.connect(url);
    const calls = [1, 2, 3].map(() =>
      client.call('runtime.execute', { code: 'function f(cb) { setTimeout(cb, 2500) }', call: 'f' }),
    );
    let values = await scrape(url);
    while (values.get('javascriptd_queue_length') !== 2) values = await scrape(url);
    expect(values.get('javascriptd_executions_in_flight')).toBe(3);
    expect(values.get('javascriptd_connections')).toBe(1);
    await Promise.all(calls);
    // One scrape a second is computed.
    while (values.get('javascriptd_queue_length') !== 0) values = await scrape(url);
    await client.close();
  });

  it('is not there when it is turned off, and nothing else with it', async () => {
    const binary = start(['--metrics', 'off']);
    const url = await binary.listens();
    expect((await fetch(metricsUrl(url))).status).toBe(404);
    const client = await DuplexClient.connect(url);
    await client.call('runtime.execute', { code, call: 'f' });
    await client.close();
  });
});
