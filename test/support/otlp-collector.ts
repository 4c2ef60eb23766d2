import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { until } from './until.js';

/** A span as it came over the wire. */
export interface CollectedSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentId: string;
  readonly traceState: string;
  /** Nanoseconds since 1970. */
  readonly start: bigint;
  readonly end: bigint;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly resource: Readonly<Record<string, unknown>>;
}

type Field = { readonly number: number; readonly value: bigint | Buffer };

/** Protobuf's wire format: varints, 64 bits, and bytes that are text or a message in turn. */
function* fieldsOf(message: Buffer): Iterable<Field> {
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = message[at++] ?? 0;
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  const take = (length: number): Buffer => message.subarray(at, (at += length));
  while (at < message.length) {
    const key = Number(varint());
    const number = key >> 3;
    switch (key & 7) {
      case 0:
        yield { number, value: varint() };
        break;
      case 1:
        yield { number, value: take(8).readBigUInt64LE() };
        break;
      case 2:
        yield { number, value: take(Number(varint())) };
        break;
      default:
        yield { number, value: take(4) };
    }
  }
}

function all(message: Buffer, number: number): readonly Buffer[] {
  return [...fieldsOf(message)].flatMap((field) =>
    field.number === number && typeof field.value !== 'bigint' ? [field.value] : [],
  );
}

const first = (message: Buffer, number: number): Buffer => all(message, number)[0] ?? Buffer.alloc(0);

function whole(message: Buffer, number: number): bigint {
  const found = [...fieldsOf(message)].find((field) => field.number === number)?.value;
  return typeof found === 'bigint' ? found : 0n;
}

/** `repeated KeyValue` of texts and whole numbers. */
function attributesOf(message: Buffer, number: number): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    all(message, number).map((pair) => {
      const [any] = fieldsOf(first(pair, 2));
      return [
        first(pair, 1).toString(),
        typeof any?.value === 'bigint' ? Number(any.value) : String(any?.value),
      ];
    }),
  );
}

/** The spans of an ExportTraceServiceRequest. */
function spansOf(request: Buffer): readonly CollectedSpan[] {
  return all(request, 1).flatMap((resourceSpans) => {
    const resource = attributesOf(first(resourceSpans, 1), 1);
    return all(resourceSpans, 2).flatMap((scopeSpans) =>
      all(scopeSpans, 2).map((span) => ({
        name: first(span, 5).toString(),
        traceId: first(span, 1).toString('hex'),
        spanId: first(span, 2).toString('hex'),
        parentId: first(span, 4).toString('hex'),
        traceState: first(span, 3).toString(),
        start: whole(span, 7),
        end: whole(span, 8),
        attributes: attributesOf(span, 9),
        resource,
      })),
    );
  });
}

/** An OTLP/HTTP collector that keeps what it gets. */
export class OtlpCollector {
  readonly requests: {
    readonly path: string;
    readonly headers: Record<string, unknown>;
    readonly body: Buffer;
  }[] = [];
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        this.requests.push({
          path: request.url ?? '',
          headers: request.headers,
          body: Buffer.concat(chunks),
        });
        response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end();
      });
    });
  }

  static async start(): Promise<OtlpCollector> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new OtlpCollector(server);
  }

  get url(): string {
    const address = this.#server.address();
    return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  }

  get spans(): readonly CollectedSpan[] {
    return this.requests.flatMap(({ body }) => spansOf(body));
  }

  /** Resolves when so many spans have come. */
  async collects(count: number): Promise<readonly CollectedSpan[]> {
    await until(() => this.spans.length >= count);
    return this.spans;
  }

  /** Forgets what has come. */
  forget(): void {
    this.requests.length = 0;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}
