/** Requests that are answered from their head: the body is announced, and never arrives. Runs the real program. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Binary } from '../../support/binary.js';
import { answerTo } from '../../support/http-head.js';
import { get } from '../../support/http.js';
import { JSON_HEADERS, post } from '../../support/http-execute.js';
import { TcpClient } from '../../support/tcp-client.js';

const BODY = 8_388_608;
const METHODS = [
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'TRACE',
  'PROPFIND',
  'SEARCH',
  'PURGE',
];
const SCRIPT_PATHS = ['/v1/execute', '/v1/prepare', '/v1/execute?x', '/%761/execute'];
const PAGES = ['/livez', '/readyz', '/metrics', '/openapi.json'];
const NOTHING = ['/', '/nothing', '/v1/execute/', '/livez/', '/v1', '//v1/execute', '*', '/%zz'];
const READS = new Set(['GET', 'HEAD']);

const head = (method: string, path: string, more = ''): string =>
  `${method} ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n${more}`;
const withLength = (method: string, path: string, more = ''): string =>
  head(method, path, `${more}Content-Length: ${BODY}\r\n\r\n`);

const asks = (path: string, secret: string): string =>
  withLength('POST', path, `Expect: 100-continue\r\nX-Runtime-Secret: ${secret}\r\n`);

/** Expected status, and `Allow` of a 405. */
function expected(method: string, path: string): readonly [number, string | undefined] {
  if (path === '/%zz') return [400, undefined];
  if (PAGES.includes(path)) return READS.has(method) ? [200, undefined] : [405, 'GET, HEAD'];
  if (SCRIPT_PATHS.includes(path)) return method === 'POST' ? [401, undefined] : [405, 'POST'];
  return [404, undefined];
}

const started: Binary[] = [];
let url = '';
let port = 0;
async function start(environment: Readonly<Record<string, string>>): Promise<Binary> {
  const binary = new Binary([], { PORT: '0', HOST: '127.0.0.1', ...environment });
  started.push(binary);
  url = await binary.listens();
  port = Number(new URL(url).port);
  return binary;
}
afterAll(() => {
  for (const binary of started.splice(0)) binary.kill('SIGKILL');
});

describe.each([
  ['with a secret', { SECRET: 'correct horse' }],
  ['without a secret', {}],
])('a service %s', (_, environment) => {
  beforeAll(() => start(environment));
  const isOpen = !('SECRET' in environment);

  it('answers every method of every path from the head, and then closes the connection', async () => {
    const requests = METHODS.flatMap((method) =>
      [...SCRIPT_PATHS, ...PAGES, ...NOTHING].map((path) => ({ method, path })),
    ).filter(({ method, path }) => !(isOpen && method === 'POST' && SCRIPT_PATHS.includes(path)));
    const seen = await Promise.all(
      requests.map(async ({ method, path }) => {
        const answer = await answerTo(port, `${withLength(method, path)}{"code":`);
        await answer.client.closed;
        return [method, path, [answer.status, answer.headers.get('allow')]];
      }),
    );
    expect(seen).toEqual(requests.map(({ method, path }) => [method, path, expected(method, path)]));
  });

  it('answers a request with a chunked body from the head, and then closes the connection', async () => {
    const answers = await Promise.all(
      ['/nothing', '/livez'].map((path) =>
        answerTo(port, head('PUT', path, 'Transfer-Encoding: chunked\r\n\r\n5\r\n{"cod')),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual([404, 405]);
    await Promise.all(answers.map(({ client }) => client.closed));
  });

  it.each([
    ['413', withLength('POST', '/v1/execute').replace(String(BODY), String(BODY + 1)), 413],
    ['415', withLength('POST', '/v1/execute').replace('application/json', 'text/plain'), 415],
    ['417', withLength('POST', '/v1/execute', 'Expect: a-miracle\r\n'), 417],
  ])('answers %s from the head', async (_status, sent, status) => {
    const answer = await answerTo(port, sent.replace('Host', 'X-Runtime-Secret: correct horse\r\nHost'));
    expect(answer.status).toBe(status);
    await answer.client.closed;
  });

  it('sends 100 Continue only if it will read the body', async () => {
    const welcome = await answerTo(port, asks('/v1/execute', 'correct horse'));
    expect(welcome.status).toBe(100);
    welcome.client.socket.destroy();
    const refused = await answerTo(port, asks(isOpen ? '/nothing' : '/v1/execute', 'wrong'));
    expect(refused.status).toBe(isOpen ? 404 : 401);
    await refused.client.closed;
  });

  it('keeps a connection open if the client sends the rest of its body', async () => {
    const client = await TcpClient.connect(port);
    const received: string[] = [];
    client.socket.setEncoding('latin1').on('data', (text: string) => received.push(text));
    client.socket.write(head('POST', '/nothing', 'Content-Length: 2\r\n\r\n'));
    await once(client.socket, 'data');
    client.socket.write('{}GET /livez HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
    await client.closed;
    expect(received.join('')).toMatch(/^HTTP\/1\.1 404 [^]*HTTP\/1\.1 200 [^]*\{"status":"ok"\}$/);
  });

  it('lets a client read the response after it has sent all of a long body', async () => {
    const script = `{"code":"${'x'.repeat(4_000_000)}"}`;
    expect(await post(url, script, JSON_HEADERS, '/nothing')).toMatchObject({ status: 404 });
  });
});

describe('unwanted request bodies', () => {
  it('take no memory and do not block the service', async () => {
    const binary = await start({ SECRET: 'correct horse' });
    const residentMiB = (): number => {
      const status = readFileSync(`/proc/${binary.process.pid}/status`, 'utf8');
      return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
    };
    await get(url, '/livez');
    const before = residentMiB();
    const body = Buffer.alloc(BODY - 1, '[[],');
    const clients = await Promise.all(
      Array.from({ length: 40 }, async (_, index) => {
        const client = await TcpClient.connect(port);
        client.socket.resume();
        client.socket.write(withLength('POST', index % 2 === 0 ? '/nothing' : '/v1/execute'));
        client.socket.write(body);
        return client;
      }),
    );
    expect((await get(url, '/livez')).status).toBe(200);
    await Promise.all(clients.map(({ closed }) => closed));
    // If they were buffered, they would take 320 MiB.
    expect(residentMiB() - before).toBeLessThan(64);
  });
});
