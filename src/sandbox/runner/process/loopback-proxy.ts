import type Http from 'node:http';
import { createRequire } from 'node:module';
import type { EgressClient, EgressStream } from '../../boundary/egress/egress-client.js';
import { ReceiveWindow } from '../../boundary/egress/receive-window.js';
import { egressFailed } from '../../boundary/coded-errors.js';
import type { HttpTunnelSocket } from './http-tunnel.js';
import { invalidRequest } from './egress-errors.js';

const nodeRequire = createRequire('/script.js');

/** Not bounded here: the gateway bounds them, and its error names the setting. */
const MAX_HEADER_BYTES = 16_777_216;

type Request = Http.IncomingMessage;
type Response = Http.ServerResponse;

/** An HTTP server without a port: reads requests from connections, and forwards them to the gateway, which checks each. */
export class LoopbackProxy {
  readonly #server: Http.Server;

  constructor(private readonly client: EgressClient) {
    const { createServer } = nodeRequire('node:http') as typeof Http;
    const timeouts = { requestTimeout: 0, headersTimeout: 0, keepAliveTimeout: 0 };
    this.#server = createServer({ ...timeouts, maxHeaderSize: MAX_HEADER_BYTES });
    // A client that has sent its request may end its half of the connection.
    Object.assign(this.#server, { maxHeadersCount: 0, httpAllowHalfOpen: true });
    this.#server.on('request', (request, response) => this.#pass(request, response));
    // The gateway says why not.
    this.#server.on('connect', (request) => this.#pass(request, undefined));
    this.#server.on('clientError', (error, socket) => {
      const end = socket as unknown as HttpTunnelSocket;
      end.fail(invalidRequest(end.origin, error.message));
    });
  }

  accept(end: HttpTunnelSocket): void {
    this.#server.emit('connection', end);
  }

  #pass(request: Request, response: Response | undefined): void {
    const end = request.socket as unknown as HttpTunnelSocket;
    const { method = 'GET', rawHeaders: headers } = request;
    const hasBody = bodyFollows(request);
    const unread = new ReceiveWindow(() => stream);
    let isOver = false;
    const stream: EgressStream = this.client.request(
      { method, url: urlOf(request, end), headers, hasBody },
      {
        head: (head) => {
          response?.writeHead(head.status, head.statusText, [...head.headers]);
          response?.flushHeaders();
        },
        data: (text) => unread.received(text.length, response?.write(text, 'latin1') !== false),
        ended: () => {
          isOver = true;
          response?.end();
        },
        failed: (fault) => {
          isOver = true;
          end.fail(egressFailed(fault));
        },
        drained: () => request.resume(),
      },
    );
    if (response !== undefined) response.sendDate = false;
    response?.on('drain', () => {
      if (!isOver) unread.release();
    });
    request.on('data', (chunk: Buffer) => {
      if (!isOver && !stream.write(chunk.toString('latin1'))) request.pause();
    });
    request.on('end', () => {
      if (!isOver && hasBody) stream.end();
    });
    end.once('close', () => {
      if (!isOver) stream.abort();
      isOver = true;
    });
  }
}

function bodyFollows({ headers }: Request): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** A client that takes the connection for one to a proxy sends a whole URL. */
function urlOf({ url = '/' }: Request, { origin }: HttpTunnelSocket): string {
  return /^https?:\/\//i.test(url) ? url : `${origin}${url.startsWith('/') ? '' : '/'}${url}`;
}
