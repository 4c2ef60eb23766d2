import { once } from 'node:events';
import { createServer, type Server } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { Certificates } from '../../examples/github/certificates.mjs';

/** A request as it came. */
export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A server of https on this machine that stands for `api.github.com`, as far as tests ask for it. */
export class GithubStandIn {
  readonly seen: SeenRequest[] = [];
  /** Requests that were cut by the other side before their response was complete. */
  cut = 0;

  private constructor(private readonly server: Server) {}

  static async start({ key, certificate }: Certificates): Promise<GithubStandIn> {
    const server = createServer({ key, cert: certificate });
    const standIn = new GithubStandIn(server);
    server.on('request', (request, response) => void standIn.#answer(request, response));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return standIn;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.on('close', () => {
      if (!response.writableFinished) this.cut += 1;
    });
    const { pathname, searchParams } = new URL(request.url ?? '/', 'https://api.github.com');
    if (pathname === '/never') return;
    const body: Buffer[] = [];
    try {
      for await (const chunk of request) body.push(chunk as Buffer);
    } catch {
      this.cut += 1;
      return;
    }
    const all = Buffer.concat(body);
    const { method = '', url = '', headers } = request;
    this.seen.push({ method, url, headers, body: all.toString('latin1') });
    response.setHeader('content-type', 'application/json; charset=utf-8');
    response.setHeader('set-cookie', ['a=1', 'b=2']);
    switch (pathname) {
      case '/redirect':
        response.writeHead(302, { location: searchParams.get('to') ?? '/' }).end();
        return;
      case '/gzip':
        response.setHeader('content-encoding', 'gzip');
        response.end(gzipSync(JSON.stringify({ text: 'packed'.repeat(1000) })));
        return;
      case '/bytes':
        response.end(Buffer.alloc(Number(searchParams.get('n')), 'x'));
        return;
      case '/endless':
        endless(response);
        return;
      case '/half':
        response.write('half');
        return;
      case '/headers':
        response.setHeader('x-large', 'x'.repeat(30_000)).end();
        return;
      default:
        response.end(JSON.stringify(contentOf(pathname, all) ?? { method, url, headers, bytes: all.length }));
    }
  }
}

function endless(response: ServerResponse): void {
  const more = (): void => {
    while (!response.destroyed && response.write(Buffer.alloc(65_536)));
  };
  response.on('drain', more);
  more();
}

/** What GitHub has at a few of its addresses. */
function contentOf(pathname: string, body: Buffer): object | undefined {
  switch (pathname) {
    case '/user':
      return { login: 'octocat', id: 1 };
    case '/repos/progrium/javascriptd':
      return { full_name: 'progrium/javascriptd', stargazers_count: 42 };
    case '/repos/progrium/javascriptd/issues':
      return { number: 7, title: (JSON.parse(body.toString()) as { title: string }).title };
    default:
      return undefined;
  }
}
