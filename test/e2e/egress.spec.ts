/** Scripts and packages that reach a host, through the real service: a stand-in for GitHub's API, over real TLS. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Binary } from '../support/binary.js';
import { certificatesFor } from '../../examples/github/certificates.mjs';
import { DuplexClient } from '../support/duplex-client.js';
import { GithubStandIn, type SeenRequest } from '../support/github-stand-in.js';
import { README_CALLER } from '../support/readme-caller.js';
import { until } from '../support/until.js';

const MODULES_DIR = fileURLToPath(new URL('../../node_modules', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'egress-'));
const HUSH = 'Bearer hush-7d21';
const BASE = 'https://api.github.com';

let standIn: GithubStandIn;
let service: Binary;
let client: DuplexClient;

const certificates = certificatesFor(['api.github.com', 'hush.example']);

beforeAll(async () => {
  standIn = await GithubStandIn.start(certificates);
});

afterAll(() => {
  standIn.close();
  rmSync(folder, { recursive: true });
});

/** For the tests of a `describe`: a service in which all scripts run at this level. */
function serveAt(level: 'context' | 'process'): void {
  beforeAll(async () => {
    const authority = join(folder, 'authority.pem');
    writeFileSync(authority, certificates.authority);
    const at = `127.0.0.1:${standIn.port}`;
    service = new Binary(['--port', '0', '--timeout', '20000', '--sandbox-modules-dir', MODULES_DIR], {
      SANDBOX_ISOLATION: level,
      MODULES: '*, net, tls, dns, http2',
      EGRESS: 'api.github.com, hush.example',
      EGRESS_PRIVATE: '127.0.0.0/8',
      EGRESS_RESOLVE: `api.github.com=${at},hush.example=${at}`,
      EGRESS_CA: authority,
      EGRESS_HEADERS: JSON.stringify({ 'hush.example': { authorization: HUSH } }),
      EGRESS_REQUESTS: '30',
      EGRESS_CONCURRENCY: '5',
    });
    client = await DuplexClient.connect(await service.listens());
  });
  afterAll(async () => {
    await client.close();
    service.kill('SIGTERM');
    await service.ended();
  });
}

/** What the body of an async function returns. */
async function valueOf(body: string, more: object = {}): Promise<unknown> {
  const code = `async function f() { ${body} }`;
  const { value } = (await client.call('runtime.execute', {
    code,
    call: 'f',
    ...more,
  })) as {
    value: unknown;
  };
  return value;
}

const lastSeen = (): SeenRequest => standIn.seen.at(-1) as SeenRequest;

describe.each(['context', 'process'] as const)('at level %s,', (level) => {
  serveAt(level);

  describe("the upstream README's example", () => {
    it('works whole: github, authenticated by a token from globals, asks the API and creates an issue', async () => {
      const code = `function f(github, event, cb) {
      const at = { owner: event.owner, repo: event.repo };
      github.repos.get(at, function (error, repo) {
        if (error) return cb({ failed: String(error) });
        github.issues.create({ ...at, title: 'from ' + repo.data.full_name }, function (error, issue) {
          cb(error ? { failed: String(error) } : { stars: repo.data.stargazers_count, issue: issue.data });
        });
      });
    }`;
      const globals = { secrets: { token: 't0k' }, event: { owner: 'progrium', repo: 'javascriptd' } };
      const result = await client.call('runtime.execute', {
        code,
        call: 'f',
        caller: README_CALLER,
        globals,
      });
      expect(result).toMatchObject({
        value: { stars: 42, issue: { number: 7, title: 'from progrium/javascriptd' } },
      });
      expect(lastSeen()).toMatchObject({ method: 'POST', headers: { authorization: 'token t0k' } });
    });

    it('has the package’s own host and path as options', async () => {
      const body = `const github = new (require('github'))({ host: 'hush.example', pathPrefix: '/api/v3' });
      return (await github.repos.get({ owner: 'a', repo: 'b' })).data.url`;
      expect(await valueOf(body)).toBe('/api/v3/repos/a/b');
    });

    it('works with @octokit/rest, too', async () => {
      const body = `const { Octokit } = require('@octokit/rest');
      const octokit = new Octokit({ auth: 't0k' });
      const { data } = await octokit.rest.repos.get({ owner: 'progrium', repo: 'javascriptd' });
      return [data.full_name, (await octokit.rest.users.getAuthenticated()).data.login]`;
      expect(await valueOf(body)).toEqual(['progrium/javascriptd', 'octocat']);
      expect(lastSeen().headers.authorization).toBe('token t0k');
    });
  });

  describe('packages', () => {
    it.each([
      ['axios', `(await require('axios').get('${BASE}/user')).data.login`, 'octocat'],
      ['axios, packed', `(await require('axios').get('${BASE}/gzip')).data.text.length`, 6000],
      ['axios, sending', `(await require('axios').post('${BASE}/x', { a: 'é' })).data.bytes`, 10],
      [
        'axios, redirected',
        `(await require('axios').get('${BASE}/redirect?to=/user')).data.login`,
        'octocat',
      ],
      [
        'axios, in time',
        `(await require('axios').get('${BASE}/half', { timeout: 100 }).catch((e) => typeof e.code))`,
        'string',
      ],
      ['node-fetch', `(await (await require('node-fetch')('${BASE}/user')).json()).login`, 'octocat'],
      [
        'node-fetch, packed',
        `(await (await require('node-fetch')('${BASE}/gzip')).json()).text.length`,
        6000,
      ],
      [
        'node-fetch, aborted',
        `(await require('node-fetch')('${BASE}/never', { signal: AbortSignal.timeout(50) }).catch((e) => e.name))`,
        'AbortError',
      ],
      [
        'request',
        `await new Promise((resolve, reject) => require('request')({ url: '${BASE}/x', method: 'PUT', json: { a: 1 } },
        (error, response, body) => error ? reject(error) : resolve([response.statusCode, body.method, body.bytes])))`,
        [200, 'PUT', 7],
      ],
      [
        'request, a form',
        `await new Promise((resolve, reject) => require('request').post({ url: '${BASE}/x', formData: { a: Buffer.alloc(100_000) } },
        (error, response, body) => error ? reject(error) : resolve(JSON.parse(body).bytes > 100_000)))`,
        true,
      ],
    ])('work: %s', async (_, expression, value) => {
      expect(await valueOf(`return ${expression}`)).toEqual(value);
    });
  });

  describe('fetch', () => {
    it('gives status, headers, cookies and the body, unpacked', async () => {
      const body = `const r = await fetch('${BASE}/gzip');
      return [r.status, r.url, r.headers.get('content-type'), r.headers.getSetCookie(), (await r.json()).text.length]`;
      expect(await valueOf(body)).toEqual([
        200,
        `${BASE}/gzip`,
        'application/json; charset=utf-8',
        ['a=1', 'b=2'],
        6000,
      ]);
    });

    it('streams a response, and a request', async () => {
      const body = `let bytes = 0, parts = 0;
      for await (const part of (await fetch('${BASE}/bytes?n=3000000')).body) { bytes += part.length; parts++ }
      let left = 60;
      const stream = new ReadableStream({ pull(c) { if (left-- > 0) c.enqueue(new Uint8Array(20_000)); else c.close() } });
      const sent = await (await fetch('${BASE}/x', { method: 'POST', body: stream, duplex: 'half' })).json();
      return [bytes, parts > 10, sent.bytes, sent.headers['transfer-encoding']]`;
      expect(await valueOf(body)).toEqual([3_000_000, true, 1_200_000, 'chunked']);
    });

    it('is aborted by a signal, also while its body comes, and so is the request itself', async () => {
      const { cut } = standIn;
      // By the time that it is aborted, the request should have come to its host.
      const body = `const names = [];
      await (await fetch('${BASE}/user')).text();
      for (const path of ['/never', '/half']) {
        try { await (await fetch('${BASE}' + path, { signal: AbortSignal.timeout(300) })).text() } catch (e) { names.push(e.name) }
      }
      return names`;
      expect(await valueOf(body)).toEqual(['TimeoutError', 'TimeoutError']);
      await until(() => standIn.cut >= cut + 2);
    });

    it('sends bytes as they are', async () => {
      const body = `const all = Uint8Array.from({ length: 256 }, (_, i) => i);
      return (await (await fetch('${BASE}/x', { method: 'POST', body: all })).json()).bytes`;
      expect(await valueOf(body)).toBe(256);
      expect(lastSeen().body).toBe(String.fromCharCode(...Array.from({ length: 256 }, (_, i) => i)));
    });

    it('of more than may be under way at once is served one after the other', async () => {
      const body = `const all = await Promise.all(Array.from({ length: 20 }, (_, i) => fetch('${BASE}/x?' + i).then((r) => r.json())));
      return all.map(({ url }) => url.slice(3)).join()`;
      expect(await valueOf(body)).toBe(Array.from({ length: 20 }, (_, i) => i).join());
    });
  });

  describe('http and https', () => {
    it('are Node’s clients: events, streams, options', async () => {
      const body = `const seen = [];
      const res = await new Promise((resolve, reject) => {
        const req = require('https').request({ host: 'api.github.com', path: '/x', method: 'POST', auth: 'u:p', headers: { 'X-A': ['1', '2'] } }, resolve);
        for (const name of ['socket', 'finish', 'close']) req.on(name, () => seen.push(name));
        req.on('error', reject);
        for (let i = 0; i < 20; i++) req.write(Buffer.alloc(50_000));
        req.end('end');
      });
      const { bytes, headers } = await require('stream/consumers').json(res);
      await new Promise((resolve) => setTimeout(resolve, 20));
      return [res.statusCode, res.statusMessage, res.headers['set-cookie'], bytes, headers['x-a'], headers.authorization, seen.sort()]`;
      expect(await valueOf(body)).toEqual([
        200,
        'OK',
        ['a=1', 'b=2'],
        1_000_003,
        '1, 2',
        'Basic dTpw',
        ['close', 'finish', 'socket'],
      ]);
    });

    it('time out, are aborted and cut off as in Node', async () => {
      const body = `const https = require('https');
      const ended = (make) => new Promise((resolve) => make(resolve));
      return [
        await ended((resolve) => https.get('${BASE}/never', { timeout: 50 }).on('timeout', function () { this.destroy() }).on('error', (e) => resolve(e.code))),
        await ended((resolve) => https.get('${BASE}/half', (res) => { res.on('aborted', () => resolve('aborted')).on('error', () => {}); setTimeout(() => res.req.abort(), 50) }).on('error', () => {})),
        await ended((resolve) => https.get('${BASE}/never', { signal: AbortSignal.timeout(50) }).on('error', (e) => resolve(e.name))),
      ]`;
      expect(await valueOf(body)).toEqual(['ECONNRESET', 'aborted', 'AbortError']);
    });
  });

  describe('what is refused', () => {
    it.each([
      ['https://evil.example/', 'https://evil.example:443 is not in EGRESS'],
      [`${BASE}/redirect?to=https://127.0.0.1/`, 'https://127.0.0.1:443 is not in EGRESS'],
      [`${BASE}/redirect?to=http://169.254.169.254/latest`, 'http://169.254.169.254:80 is not in EGRESS'],
    ])('is an error that names the host and the setting: %s', async (url, problem) => {
      const body = `const told = [];
      await fetch('${url}').catch((e) => told.push([e.name, e.cause.code, e.message]));
      await require('axios').get('${url}').catch((e) => told.push([e.code, e.message]));
      return told`;
      expect(await valueOf(body)).toEqual([
        ['TypeError', 'ERR_EGRESS_REFUSED', `fetch failed: Egress refused: ${problem}`],
        ['ERR_EGRESS_REFUSED', `Egress refused: ${problem}`],
      ]);
    });

    it('is a request past EGRESS_REQUESTS', async () => {
      const body = `const all = await Promise.allSettled(Array.from({ length: 40 }, () => fetch('${BASE}/user').then((r) => r.text())));
      const failed = all.filter(({ status }) => status === 'rejected');
      return [failed.length, failed[0].reason.message]`;
      expect(await valueOf(body)).toEqual([
        10,
        'fetch failed: the request to api.github.com:443 exceeds EGRESS_REQUESTS (30 requests per script)',
      ]);
    });
  });

  describe('headers of the operator', () => {
    it('reach their host, and nothing that a script, the log or the metrics shows', async () => {
      const body = `const at = 'https://hush.example';
      const told = [];
      const response = await fetch(at + '/user', { headers: { authorization: 'mine' } });
      told.push([...response.headers], await response.text());
      // Not kept on the way to another host.
      told.push((await (await fetch(at + '/redirect?to=${BASE}/x')).json()).headers);
      await new Promise((resolve) => require('https').get(at + '/user', (res) => { told.push(res.headers, res.req.getHeaders()); res.resume().on('end', resolve) }));
      await fetch(at + '/headers').catch((e) => told.push(e.stack, e.cause && e.cause.stack));
      await fetch(at + '/', { method: 'TRACE' }).catch((e) => told.push(e.stack));
      return JSON.stringify(told)`;
      const told = await valueOf(body);
      expect(standIn.seen.findLast(({ url }) => url === '/user')?.headers.authorization).toBe(HUSH);
      const metrics = await fetch(`http://${new URL(await service.listens()).host}/metrics`);
      expect(`${String(told)}${service.output}${await metrics.text()}`).not.toContain('hush-7d21');
    });
  });

  describe('an execution that is over', () => {
    it('by its answer, its deadline or a cancellation leaves no request', async () => {
      const { cut } = standIn;
      await valueOf(`fetch('${BASE}/endless').then((r) => r.text()); await fetch('${BASE}/user'); return 1`);
      const looping = `function f(cb) { fetch('${BASE}/endless').then(() => { for (;;); }) }`;
      // By processor time: on a busy machine, a deadline could pass before the request is sent.
      const options = { cpu: 1500 };
      await client.call('runtime.execute', { code: looping, call: 'f', options }).catch(() => undefined);
      await until(() => standIn.cut >= cut + 2);
      expect(await valueOf('return 1')).toBe(1);
    });

    it('leaves nothing to the next one', async () => {
      for (let i = 0; i < 5; i++) {
        expect(await valueOf(`fetch('${BASE}/endless'); fetch('${BASE}/half'); return ${i}`)).toBe(i);
        expect(await valueOf(`return (await (await fetch('${BASE}/user')).json()).login`)).toBe('octocat');
      }
    });
  });
});

describe('at level process, where clients are Node’s own,', () => {
  serveAt('process');

  it.each([
    ['got', `(await require('got').default('${BASE}/user', { http2: true }).json()).login`, 'octocat'],
    [
      'undici of npm',
      `(await (await require('undici').request('${BASE}/user')).body.json()).login`,
      'octocat',
    ],
    [
      'an agent that keeps connections',
      `await (async () => {
        const agent = new (require('https').Agent)({ keepAlive: true, maxSockets: 1 });
        const reused = [];
        for (let i = 0; i < 3; i++)
          await new Promise((resolve, reject) => {
            const request = require('https').get('${BASE}/user', { agent }, (response) => response.resume().on('end', resolve));
            request.on('error', reject).on('close', () => reused.push(request.reusedSocket));
          });
        await new Promise(setImmediate);
        return reused;
      })()`,
      [false, true, true],
    ],
    [
      'an agent with sockets of its own',
      `await new Promise((resolve, reject) => {
        const createConnection = (options) => require('tls').connect({ ...options, rejectUnauthorized: false });
        require('https').get('${BASE}/user', { createConnection, port: 443 }, (response) => {
          const { socket } = response;
          resolve([socket instanceof require('tls').TLSSocket, socket.authorized, response instanceof require('http').IncomingMessage]);
        }).on('error', reject);
      })`,
      [true, true, true],
    ],
    [
      'a request that is begun long after its socket is there',
      `await new Promise((resolve, reject) => {
        const late = require('https').request('${BASE}/user', (response) => resolve(response.statusCode)).on('error', reject);
        setTimeout(() => late.end(), 1200);
      })`,
      200,
    ],
    [
      'a socket and HTTP by hand',
      `await new Promise((resolve, reject) => {
        const socket = require('tls').connect(443, 'api.github.com', () => socket.end('GET /user HTTP/1.1\\r\\nhost: x\\r\\nconnection: close\\r\\n\\r\\n'));
        require('stream/consumers').text(socket).then((text) => resolve(text.slice(0, 15)), reject);
      })`,
      'HTTP/1.1 200 OK',
    ],
  ])('work: %s', async (_, expression, value) => {
    expect(await valueOf(`return ${expression}`)).toEqual(value);
  });

  it.each([
    ['another protocol', `require('net').connect(3306, 'api.github.com')`, 'ERR_EGRESS_INVALID_REQUEST'],
    ['HTTP/2', `require('http2').connect('${BASE}')`, 'ERR_EGRESS_INVALID_REQUEST'],
    ['a socket of the machine', `require('net').connect('/run/x.sock')`, 'ERR_EGRESS_REFUSED'],
    ['a port', `require('net').createServer().listen(0)`, 'ERR_EGRESS_REFUSED'],
    [
      'TLS over a connection',
      `require('tls').connect({ socket: require('net').connect(443, 'api.github.com').on('error', () => {}) })`,
      'ERR_EGRESS_REFUSED',
    ],
    [
      'a tunnel',
      `require('https').request({ host: 'api.github.com', method: 'CONNECT', path: 'a:1' }).end()`,
      'ERR_EGRESS_REFUSED',
    ],
    [
      'a proxy',
      `require('https').get('${BASE}/user', { agent: new (require('https-proxy-agent'))('http://127.0.0.1:9') })`,
      'ERR_EGRESS_REFUSED',
    ],
  ])('only HTTP requests are allowed; this is refused: %s', async (_, made, code) => {
    const body = `return new Promise((resolve) => ${made}.on('error', (e) => resolve(e.code)))`;
    expect(await valueOf(body)).toBe(code);
  });

  it('a name has no address', async () => {
    const body = `return require('dns').promises.lookup('api.github.com').catch((e) => e.code)`;
    expect(await valueOf(body)).toBe('ERR_EGRESS_REFUSED');
  });
});
