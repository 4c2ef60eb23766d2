// oxlint-disable-next-line import/no-unassigned-import -- it changes what the port loads with itself
import './ports/stream-errors.js';
import stream from 'readable-stream/lib/stream.js';
import { defineHidden } from '../kit/define.js';
import { abortError } from '../kit/errors.js';
import { duplexPair } from './ports/duplex-pair.js';
import { readableFromWeb, readableToWeb, writableFromWeb, writableToWeb } from '../web/web-adapters.js';

interface Writable {
  readonly destroyed: boolean;
  readonly writableFinished: boolean;
  destroy(error: unknown): unknown;
}
type Class = Record<string, unknown> & (new (options: object) => never);

const readables = stream['Readable'] as Class;
const writables = stream['Writable'] as Class;
const duplexes = stream['Duplex'] as Class;

// The port does not implement these.
readables['toWeb'] = readableToWeb;
readables['fromWeb'] = (source: never, options?: object) => readableFromWeb(readables, source, options);
writables['toWeb'] = writableToWeb;
writables['fromWeb'] = (sink: never, options?: object) => writableFromWeb(writables, sink, options);
defineHidden(
  (writables as unknown as { readonly prototype: object }).prototype,
  (Symbol as unknown as { readonly asyncDispose: symbol }).asyncDispose,
  disposeWritable,
);
duplexes['fromWeb'] = (pair: { readable: never; writable: never }, options?: object) =>
  (duplexes['from'] as (parts: object) => unknown)({
    readable: readableFromWeb(readables, pair.readable, options),
    writable: writableFromWeb(writables, pair.writable, options),
  });
duplexes['toWeb'] = (duplex: never) => ({ readable: readableToWeb(duplex), writable: writableToWeb(duplex) });

/** Ends a stream that an `await using` leaves; that it was aborted is no error then. */
async function disposeWritable(this: Writable): Promise<void> {
  if (!this.destroyed) this.destroy(this.writableFinished ? null : abortError(undefined));
  const finished = stream['finished'] as (one: Writable, done: (error?: Error) => void) => void;
  await new Promise<void>((resolve, reject) => {
    finished(this, (error) => {
      if (error && error.name !== 'AbortError') reject(error);
      else resolve();
    });
  });
}

export default Object.assign(stream, {
  duplexPair: (options?: object) => duplexPair(duplexes as never, options),
});
