/** DNS rebinding: requests with the host name of another site. Runs the real program. */
import { Binary } from '../../support/binary.js';
import { answerTo } from '../../support/http-head.js';
import { upgradeRequest } from '../../support/tcp-client.js';

const started: Binary[] = [];
let port = 0;
async function start(environment: Readonly<Record<string, string>>): Promise<void> {
  const binary = new Binary([], { PORT: '0', ...environment });
  started.push(binary);
  port = Number(new URL(await binary.listens()).port);
}
afterAll(() => {
  for (const binary of started.splice(0)) binary.kill('SIGKILL');
});

const PATHS = ['/livez', '/readyz', '/metrics', '/openapi.json', '/nothing', '/v1/execute'];

async function statusOf(sent: string): Promise<number> {
  const { status, client } = await answerTo(port, sent);
  client.socket.destroy();
  return status;
}
const statusFor = (path: string, host: string): Promise<number> =>
  statusOf(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\n\r\n`);

describe('a service without a secret', () => {
  beforeAll(() => start({ HOST: '0.0.0.0' }));

  it('refuses requests and upgrades with a foreign Host', async () => {
    const host = 'rebound.example:8765';
    expect(await Promise.all(PATHS.map((path) => statusFor(path, host)))).toEqual(PATHS.map(() => 403));
    expect(await statusOf(upgradeRequest('/').replace('localhost', host))).toBe(403);
    expect(
      await statusOf(upgradeRequest('/', 'Origin: http://rebound.example\r\n').replace('localhost', host)),
    ).toBe(403);
  });

  it('accepts a request without Host, which no browser sends', async () => {
    expect(await statusOf('GET /livez HTTP/1.0\r\n\r\n')).toBe(200);
    expect(await statusOf('GET /livez HTTP/1.1\r\n\r\n')).toBe(400);
  });
});

describe('a service with HOSTS and ORIGINS', () => {
  it('accepts IP addresses, as probes use them, and those host names', async () => {
    await start({
      HOST: 'localhost',
      HOSTS: 'javascriptd, Scripts.internal',
      ORIGINS: 'https://play.example:8443',
    });
    const hosts = [
      'localhost:8765',
      '10.1.2.3:8765',
      '[::1]',
      'javascriptd:8765',
      'SCRIPTS.internal',
      'play.example',
    ];
    expect(await Promise.all(hosts.map((host) => statusFor('/livez', host)))).toEqual(hosts.map(() => 200));
    expect(await statusFor('/livez', 'other.example')).toBe(403);
    expect(await statusOf(upgradeRequest('/').replace('localhost', 'javascriptd'))).toBe(101);
  });
});

describe('a service with a secret', () => {
  it('accepts any host name', async () => {
    await start({ SECRET: 'correct horse', HOST: '127.0.0.1' });
    expect(await Promise.all(['/livez', '/metrics'].map((path) => statusFor(path, 'any.example')))).toEqual([
      200, 200,
    ]);
    expect(await statusFor('/v1/execute', 'any.example')).toBe(405);
  });
});
