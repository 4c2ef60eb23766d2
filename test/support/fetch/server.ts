import { once } from 'node:events';
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';

/** Differs between clients, or belongs to the connection: not compared. */
const NOT_ECHOED: ReadonlySet<string> = new Set([
  'host',
  'connection',
  'keep-alive',
  'accept-encoding',
  'transfer-encoding',
]);
const TEXT = 'the quick brown fox, grüße, 日本語, 🦊. '.repeat(40);

type Answer = (request: IncomingMessage, response: ServerResponse, url: URL) => void | Promise<void>;

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

const json = (response: ServerResponse, value: unknown): void => {
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(value));
};

const encoded =
  (encoding: string, bytes: Buffer): Answer =>
  (_, response) => {
    response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8', 'content-encoding': encoding });
    response.end(bytes);
  };

const ANSWERS: Readonly<Record<string, Answer>> = {
  async echo(request, response) {
    const body = await bodyOf(request);
    const headers = Object.fromEntries(
      Object.entries(request.headers)
        .filter(([name]) => !NOT_ECHOED.has(name))
        .toSorted(([a], [b]) => (a < b ? -1 : 1)),
    );
    json(response, { method: request.method, url: request.url, headers, body: body.toString('latin1') });
  },
  /** The names of headers in the order and the case in which they came. */
  raw(request, response) {
    const names = request.rawHeaders.filter((_, i) => i % 2 === 0);
    json(
      response,
      names.filter((name) => !NOT_ECHOED.has(name.toLowerCase())),
    );
  },
  json: (_, response) => json(response, { a: [1, 'é', null], b: { c: '🦊' } }),
  text: (_, response, url) => {
    response.setHeader('content-type', url.searchParams.get('type') ?? 'text/plain');
    response.end(Buffer.from(url.searchParams.get('hex') ?? '68c3a9', 'hex'));
  },
  bytes: (_, response, url) => {
    response.end(
      Buffer.from(
        Uint8Array.from({ length: Number(url.searchParams.get('n') ?? 256) }, (_each, i) => i % 256),
      ),
    );
  },
  status: (_, response, url) => {
    response.writeHead(Number(url.searchParams.get('is')), url.searchParams.get('text') ?? undefined);
    response.end(url.searchParams.get('body') ?? undefined);
  },
  headers: (_, response) => {
    response.writeHead(
      200,
      [
        ['X-Many', 'a'],
        ['x-many', 'b'],
        ['Set-Cookie', 'a=1'],
        ['Set-Cookie', 'b=2; Path=/'],
        ['X-Latin', 'é'],
        ['X-Empty', ''],
        ['Content-Type', 'text/html; charset=iso-8859-1'],
        ['Cache-Control', 'no-store'],
        ['B-Last', '2'],
        ['A-First', '1'],
      ].flat(),
    );
    response.end('<p>');
  },
  redirect: (request, response, url) => {
    request.resume();
    const status = Number(url.searchParams.get('with') ?? 302);
    response.writeHead(status, { location: url.searchParams.get('to') ?? '/echo' });
    response.end('moved');
  },
  nowhere: (_, response) => void response.writeHead(302).end('nowhere'),
  chain: (_, response, url) => {
    const left = Number(url.searchParams.get('n'));
    if (left === 0) return json(response, 'arrived');
    response.writeHead(302, { location: `/chain?n=${left - 1}` });
    response.end();
  },
  gzip: encoded('gzip', gzipSync(TEXT)),
  'x-gzip': encoded('x-gzip', gzipSync(TEXT)),
  deflate: encoded('deflate', deflateSync(TEXT)),
  'deflate-raw': encoded('deflate', deflateRawSync(TEXT)),
  br: encoded('br', brotliCompressSync(TEXT)),
  'gzip-br': encoded('gzip, br', brotliCompressSync(gzipSync(TEXT))),
  upper: encoded('GZIP', gzipSync(TEXT)),
  unknown: encoded('zip', Buffer.from('as it is')),
  identity: encoded('identity', Buffer.from('as it is')),
  'not-gzip': encoded('gzip', Buffer.from('this is not gzip')),
  'cut-gzip': encoded('gzip', gzipSync(TEXT).subarray(0, 40)),
  'empty-gzip': encoded('gzip', Buffer.alloc(0)),
  'many-codings': encoded('gzip, gzip, gzip, gzip, gzip, gzip', Buffer.from('x')),
  drip: (_, response) => {
    let left = 4;
    const next = (): void => {
      if (left-- === 0) return void response.end();
      response.write(`part${left};`);
      setTimeout(next, 5);
    };
    next();
  },
  /** Never answers. */
  never: (request) => void request.resume(),
  /** Begins an answer, and never ends it. */
  half: (_, response) => void response.write('half of it'),
  /** Begins an answer, and breaks the connection. */
  cut: (_, response) => {
    response.writeHead(200, { 'content-length': '1000' });
    response.write('some');
    setTimeout(() => response.destroy(), 20);
  },
  reset: (request) => void request.socket.destroy(),
  form: (_, response) => {
    response.setHeader('content-type', 'application/x-www-form-urlencoded; charset=utf-8');
    response.end('a=1&b=%C3%A9+x&a=2&c');
  },
  multipart: (_, response) => {
    response.setHeader('content-type', 'multipart/form-data; boundary="a-boundary-of-this-test-000"');
    response.end(
      [
        '--a-boundary-of-this-test-000\r\nContent-Disposition: form-data; name="plain"\r\n\r\ntext é',
        '--a-boundary-of-this-test-000\r\nContent-Disposition: form-data; name="fi%22le"; filename="a.bin"\r\nContent-Type: application/x-y\r\n\r\n\u0000\u0001\r\n2',
        '--a-boundary-of-this-test-000\r\ncontent-disposition: form-data; name=token; filename=b\r\n\r\n',
        '--a-boundary-of-this-test-000--\r\n',
      ].join('\r\n'),
    );
  },
};

function answer(request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? '/', 'http://here');
  const found = ANSWERS[url.pathname.slice(1)];
  // A client may abort its upload.
  if (found !== undefined)
    return void Promise.resolve(found(request, response, url)).catch(() => response.destroy());
  response.writeHead(404, 'Not Found', { 'content-type': 'text/plain' });
  response.end(`nothing at ${url.pathname}`);
}

/** A server of every kind of response, at two origins. */
export class FetchServer {
  private constructor(private readonly servers: readonly Server[]) {}

  static async start(): Promise<FetchServer> {
    const servers = [createServer(answer), createServer(answer)];
    await Promise.all(servers.map((server) => once(server.listen(0, '127.0.0.1'), 'listening')));
    return new FetchServer(servers);
  }

  /** `http://127.0.0.1:<port>` of each. */
  get origins(): readonly string[] {
    return this.servers.map((server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  }

  stop(): void {
    for (const server of this.servers) {
      server.closeAllConnections();
      server.close();
    }
  }
}
