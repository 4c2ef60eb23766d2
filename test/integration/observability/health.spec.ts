/** `/livez` and `/readyz` of the program as users run it. */
import { setTimeout as delay } from 'node:timers/promises';
import { Binary } from '../../support/binary.js';
import { DuplexClient } from '../../support/duplex-client.js';
import { get } from '../../support/http.js';
import { UpgradeRefusedError } from '../../support/raw-client.js';
import { TcpClient } from '../../support/tcp-client.js';

const started: Binary[] = [];

function start(environment: Readonly<Record<string, string>> = {}): Binary {
  const binary = new Binary([], { PORT: '0', ...environment });
  started.push(binary);
  return binary;
}

afterAll(() => {
  for (const binary of started.splice(0)) binary.kill('SIGKILL');
});

interface Checks {
  readonly status: string;
  readonly details: Readonly<Record<string, { readonly status: string; readonly message?: string }>>;
}

async function readiness(url: string): Promise<Checks & { readonly http: number }> {
  const { status: http, text } = await get(url, '/readyz');
  const checks: Checks = JSON.parse(text);
  return { ...checks, http };
}

/** The readiness once it is the one that is waited for; the test's own timeout is the hang guard. */
async function readinessOnce(url: string, http: number): ReturnType<typeof readiness> {
  const seen = await readiness(url);
  if (seen.http === http) return seen;
  await delay(20);
  return readinessOnce(url, http);
}

const sleeper = (ms: number) => ({
  code: `function f(cb) { setTimeout(() => cb("slept"), ${ms}) }`,
  call: 'f',
});
const LOOP = { code: 'for (;;);' };

describe('a service that idles', () => {
  let url = '';
  beforeAll(async () => {
    url = await start({ SANDBOX_TOOLS: '/nowhere', SECRET: 'canary-77', HOST: '127.0.0.1' }).listens();
  });

  it('is alive, and ready by each of its checks; guarantees that do not hold only degrade it', async () => {
    expect(await get(url, '/livez')).toEqual({ status: 200, text: '{"status":"ok"}' });
    const { http, status, details } = await readiness(url);
    expect({ http, status }).toEqual({ http: 200, status: 'degraded' });
    expect(details).toEqual({
      service: { status: 'up' },
      sandbox: { status: 'up' },
      capacity: { status: 'up' },
      guarantees: { status: 'degraded', notEnforced: expect.arrayContaining(['files', 'processes']) },
    });
  });

  it('answers probes without the secret, and says nothing of it', async () => {
    for (const path of ['/livez', '/readyz']) {
      const { status, text } = await get(url, path);
      expect(status).toBe(200);
      expect(text).not.toMatch(/canary|\/(?:home|usr|tmp|work)/);
    }
    expect((await get(url, '/metricsz')).status).toBe(404);
  });
});

describe('a busy service', () => {
  it('is not ready while its queue is full, says so in its log once, and is ready when it has emptied', async () => {
    const binary = start({ MAX_CONCURRENCY: '1', SANDBOX_MIN_RUNNERS: '1', QUEUE_SIZE: '2', TIMEOUT: '700' });
    const url = await binary.listens();
    const client = await DuplexClient.connect(url);
    const ends = [LOOP, LOOP, LOOP].map((script) =>
      client.call('runtime.execute', script).catch((error: unknown) => error),
    );
    const { status, details } = await readinessOnce(url, 503);
    expect(status).toBe('error');
    expect(details).toMatchObject({
      service: { status: 'up' },
      sandbox: { status: 'up' },
      capacity: { status: 'down', message: 'at capacity' },
    });
    await readiness(url);
    expect((await get(url, '/livez')).status).toBe(200);
    expect(await Promise.all(ends)).toMatchObject([{ code: 1002 }, { code: 1002 }, { code: 1002 }]);
    await readinessOnce(url, 200);
    // The log is written in batches.
    await binary.says(/ready again/);
    expect(binary.output.match(/not ready: at capacity/g)).toHaveLength(1);
    expect(binary.output.match(/ready again/g)).toHaveLength(1);
    await client.close();
  });
});

describe('a service that stops', () => {
  let binary: Binary;
  beforeAll(() => {
    binary = start();
  });

  it('is not ready at once, but alive, answers what runs and refuses what is new', async () => {
    const url = await binary.listens();
    for (const text of ['', 'GET /livez HT']) {
      const half = await TcpClient.connect(Number(new URL(url).port));
      half.socket.write(text);
    }
    const client = await DuplexClient.connect(url);
    const running = client.call('runtime.execute', sleeper(1500));
    await client.call('runtime.execute', sleeper(0));
    binary.kill('SIGTERM');
    const { status, details } = await readinessOnce(url, 503);
    expect(status).toBe('shutting_down');
    expect(details).toMatchObject({ service: { status: 'down', message: 'shutting down' } });
    expect((await get(url, '/livez')).status).toBe(200);
    await expect(client.call('runtime.execute', sleeper(0))).rejects.toMatchObject({ code: 1202 });
    const refused: unknown = await DuplexClient.connect(url).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(UpgradeRefusedError);
    expect(refused).toMatchObject({ status: 503 });
    expect(await running).toMatchObject({ value: 'slept' });
    expect((await client.closed).code).toBe(1001);
  });

  it('then ends with 0, held up by nobody who has sent half a request', async () => {
    expect(await binary.ended()).toBe(0);
    expect(binary.stderr).toBe('');
  });
});
