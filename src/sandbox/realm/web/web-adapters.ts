/* oxlint-disable promise/no-promise-in-callback, promise/no-callback-in-promise -- this file converts one kind of stream to the other */
import { part } from '../kit/parts.js';

interface NodeReadable extends AsyncIterable<unknown> {
  destroy(error?: unknown): unknown;
}
interface NodeWritable {
  write(chunk: unknown, callback: (error?: unknown) => void): unknown;
  end(callback: () => void): unknown;
  destroy(error?: unknown): unknown;
  once(event: string, listener: (error: unknown) => void): unknown;
}
interface Controller {
  enqueue(chunk: unknown): void;
  close(): void;
  error(reason: unknown): void;
}
interface Reader {
  read(): Promise<{ readonly done: boolean; readonly value: unknown }>;
  cancel(reason?: unknown): Promise<void>;
}
interface Writer {
  write(chunk: unknown): Promise<void>;
  close(): Promise<void>;
  abort(reason?: unknown): Promise<void>;
}
type Callback = (error?: unknown) => void;
type Maker = new (options: object) => {
  push(chunk: unknown): boolean;
  destroy(error?: unknown): unknown;
};

/** Converts a Node readable to a web stream. */
export function readableToWeb(readable: NodeReadable): object {
  const chunks = readable[Symbol.asyncIterator]();
  return new (part('web-streams').ReadableStream)({
    async pull(controller: Controller) {
      const { done, value } = await chunks.next();
      if (done === true) controller.close();
      // As in Node: web streams have no Buffer.
      else controller.enqueue(value instanceof Uint8Array ? new Uint8Array(value) : value);
    },
    async cancel(reason: unknown) {
      readable.destroy(reason);
    },
  });
}

/** Converts a web stream to a Node readable. */
export function readableFromWeb(Readable: Maker, stream: { getReader(): Reader }, options?: object): unknown {
  const reader = stream.getReader();
  const readable = new Readable({
    ...options,
    read() {
      reader.read().then(
        ({ done, value }) => readable.push(done ? null : value),
        (error: unknown) => readable.destroy(error),
      );
    },
    destroy(error: unknown, callback: Callback) {
      reader.cancel(error).then(
        () => callback(error),
        (failure: unknown) => callback(error ?? failure),
      );
    },
  });
  return readable;
}

/** Converts a Node writable to a web stream. */
export function writableToWeb(writable: NodeWritable): object {
  return new (part('web-streams').WritableStream)({
    start(controller: Controller) {
      writable.once('error', (error) => controller.error(error));
    },
    write: (chunk: unknown) =>
      new Promise<void>((resolve, reject) => {
        writable.write(chunk, (error) => (error ? reject(error) : resolve()));
      }),
    close: () => new Promise<void>((resolve) => writable.end(resolve)),
    abort: async (reason: unknown) => {
      writable.destroy(reason);
    },
  });
}

function settle(promise: Promise<void>, callback: Callback): void {
  promise.then(
    () => callback(),
    (error: unknown) => callback(error),
  );
}

/** Converts a web stream to a Node writable. */
export function writableFromWeb(Writable: Maker, stream: { getWriter(): Writer }, options?: object): unknown {
  const writer = stream.getWriter();
  return new Writable({
    ...options,
    write: (chunk: unknown, _encoding: unknown, callback: Callback) => settle(writer.write(chunk), callback),
    final: (callback: Callback) => settle(writer.close(), callback),
    destroy: (error: unknown, callback: Callback) => {
      if (error === null || error === undefined) return callback(error);
      writer.abort(error).then(
        () => callback(error),
        () => callback(error),
      );
    },
  });
}
