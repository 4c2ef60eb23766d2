/* oxlint-disable promise/no-callback-in-promise -- whoever reads a body without a stream needs no promise */
import { bytesOf } from '../../boundary/latin1.js';
import { scalarText } from './convert.js';
import { Content } from './content.js';
import type { ReceivedBody } from './received-body.js';
import { byteStream, closeStream, isDisturbed, isReadable, readParts, type WebStream } from './web-stream.js';
import { part } from '../kit/parts.js';

interface Blob {
  readonly size: number;
  readonly type: string;
  arrayBuffer(): Promise<ArrayBuffer>;
  stream(): WebStream;
}
/** What a body can be sent from again. */
export type Source = Content | Blob;

export interface Extracted {
  readonly body: Body;
  /** Its `content-type`. */
  readonly type: string | undefined;
}

/** Classes whose objects can be a body. A script has none of their objects before the builtin was loaded. */
const loaded: Partial<Record<'blob' | 'form-data' | 'url' | 'web-streams', Record<string, unknown>>> = {};
for (const name of ['blob', 'form-data', 'url', 'web-streams'] as const)
  environment.onBuiltin(name, () => (loaded[name] = part(name) as unknown as Record<string, unknown>));

function isA(value: object, module: keyof typeof loaded, name: string): boolean {
  const kind = loaded[module]?.[name];
  return typeof kind === 'function' && value instanceof kind;
}

/** The body of a request or a response: https://fetch.spec.whatwg.org/#concept-body. Its stream is made when it is asked for. */
export class Body {
  #stream: WebStream | undefined;
  #isTaken = false;
  #received: ReceivedBody | undefined;

  private constructor(
    /** Null for a body that can be read only once. */
    readonly source: Source | null,
    /** Bytes, if it is known. */
    readonly length: number | null,
    from?: ReceivedBody | WebStream,
  ) {
    if (from === undefined) return;
    if ('getReader' in from) this.#stream = from;
    else this.#received = from;
  }

  static ofContent(content: Content): Body {
    return new Body(content, content.length);
  }

  static ofReceived(received: ReceivedBody): Body {
    return new Body(null, null, received);
  }

  static ofStream(stream: WebStream): Body {
    return new Body(null, null, stream);
  }

  static ofBlob(blob: Blob): Body {
    return new Body(blob, blob.size);
  }

  /** Whether somebody has begun to read it. */
  get isUsed(): boolean {
    return this.#stream === undefined ? this.#isTaken : isDisturbed(this.#stream);
  }

  get isUnusable(): boolean {
    return this.#stream === undefined ? this.#isTaken : this.#stream.locked || isDisturbed(this.#stream);
  }

  get stream(): WebStream {
    if (this.#stream !== undefined) return this.#stream;
    const { source } = this;
    if (this.#isTaken) this.#stream = takenStream();
    else if (this.#received !== undefined) this.#stream = this.#received.stream();
    else this.#stream = source instanceof Content ? streamOf(source) : (source as Blob).stream();
    return this.#stream;
  }

  /** Reads all of it; it must be usable. */
  readAll(done: (content: Content) => void, failed: (error: unknown) => void): void {
    if (this.#stream !== undefined) return readStream(this.#stream, done, failed);
    this.#isTaken = true;
    if (this.#received !== undefined) return this.#received.readAll(done, failed);
    const { source } = this;
    if (source instanceof Content) done(source);
    else
      void (source as Blob)
        .arrayBuffer()
        .then((buffer) => done(Content.ofBytes(new Uint8Array(buffer))), failed);
  }

  /** Nobody is to read it: the source of a stream is told why. */
  cancel(reason: unknown): void {
    if (this.#stream === undefined || !isReadable(this.#stream)) return;
    void this.#stream.cancel(reason).catch(() => undefined);
  }

  /** A second body of the same bytes; this one must be usable. */
  clone(): Body {
    if (this.source !== null && this.#stream === undefined) return new Body(this.source, this.length);
    const [own, other] = this.stream.tee();
    this.#stream = own;
    this.#received = undefined;
    return new Body(this.source, this.length, other);
  }

  /** The body of another request, which takes the place of this one; this one must be usable. */
  moved(): Body {
    const { source, length } = this;
    if (source !== null && this.#stream === undefined) {
      this.#isTaken = true;
      return new Body(source, length);
    }
    const { TransformStream } = part('web-streams');
    return new Body(source, length, this.stream.pipeThrough(new TransformStream()));
  }

  /** A body of the same source, for another request. */
  again(): Body {
    return new Body(this.source, this.length);
  }
}

/** The bytes as a stream, in one chunk. */
function streamOf(content: Content): WebStream {
  let isRead = false;
  return byteStream({
    pull(controller) {
      if (!isRead && content.length > 0) controller.enqueue(content.bytes());
      isRead = true;
      environment.queueMicrotask(() => {
        try {
          closeStream(controller);
        } catch {
          // It was closed or cancelled meanwhile.
        }
      });
    },
  });
}

/** The stream of a body that was read without one. */
function takenStream(): WebStream {
  const stream = byteStream({ pull: closeStream });
  void stream.getReader().read();
  return stream;
}

function readStream(
  stream: WebStream,
  done: (content: Content) => void,
  failed: (error: unknown) => void,
): void {
  void readParts(stream.getReader()).then((parts) => done(Content.ofParts(parts)), failed);
}

/** The standard's "extract a body": https://fetch.spec.whatwg.org/#concept-bodyinit-extract. */
export function extractBody(value: unknown, isKeptAlive = false): Extracted {
  if (typeof value !== 'object' || value === null) return ofText(scalarText(value));
  if (Symbol.asyncIterator in value && typeof value[Symbol.asyncIterator] === 'function')
    return { body: ofIterable(value as AsyncIterable<unknown>, isKeptAlive), type: undefined };
  if (isA(value, 'blob', 'Blob')) {
    const blob = value as Blob;
    return { body: Body.ofBlob(blob), type: blob.type === '' ? undefined : blob.type };
  }
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) {
    const bytes = new Uint8Array(bytesOf(value) ?? []);
    return { body: Body.ofContent(Content.ofBytes(bytes)), type: undefined };
  }
  if (isA(value, 'form-data', 'FormData')) {
    const { blob, boundary } = part('fetch-extras').encodeForm(value);
    return { body: Body.ofBlob(blob as Blob), type: `multipart/form-data; boundary=${boundary}` };
  }
  if (isA(value, 'url', 'URLSearchParams')) {
    const { body } = ofText(String(value));
    return { body, type: 'application/x-www-form-urlencoded;charset=UTF-8' };
  }
  return ofText(scalarText(value));
}

function ofText(text: string): Extracted {
  return { body: Body.ofContent(Content.ofText(text)), type: 'text/plain;charset=UTF-8' };
}

function ofIterable(value: AsyncIterable<unknown>, isKeptAlive: boolean): Body {
  if (isKeptAlive) throw new TypeError('keepalive');
  if (isDisturbed(value) || (value as Partial<WebStream>).locked === true)
    throw new TypeError('Response body object should not be disturbed or locked');
  if (isA(value, 'web-streams', 'ReadableStream')) return Body.ofStream(value as unknown as WebStream);
  const iterator = value[Symbol.asyncIterator]();
  return Body.ofStream(
    byteStream({
      async pull(controller) {
        const { done, value: chunk } = await iterator.next();
        if (done === true) return environment.queueMicrotask(() => closeStream(controller));
        controller.enqueue(bytesOfChunk(chunk));
      },
      cancel: (reason) => iterator.return?.(reason),
    }),
  );
}

function bytesOfChunk(chunk: unknown): Uint8Array {
  if (typeof chunk === 'string') return Content.ofText(chunk).bytes();
  return new Uint8Array(bytesOf(chunk) ?? (chunk as Iterable<number>));
}
