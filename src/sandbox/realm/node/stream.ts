import './ports/stream-errors.js';
import stream from 'readable-stream/lib/stream.js';
import { named } from '../kit/define.js';
import { duplexPair } from './ports/duplex-pair.js';
import { readableFromWeb, readableToWeb, writableFromWeb, writableToWeb } from '../web/web-adapters.js';

type Class = Record<string, unknown> & (new (options: object) => never);

// Not by the names of the classes: the bundler would give the classes themselves other ones.
const readables = stream['Readable'] as Class;
const writables = stream['Writable'] as Class;
const duplexes = stream['Duplex'] as Class;

// The bundler gives another name to one that the port uses for other things, too.
for (const name of ['Readable', 'Writable', 'Duplex', 'Transform', 'PassThrough', 'Stream'])
  named(name, (stream as Record<string, object>)[name] as object);

// The port does not implement these.
readables['toWeb'] = readableToWeb;
readables['fromWeb'] = (source: never, options?: object) => readableFromWeb(readables, source, options);
writables['toWeb'] = writableToWeb;
writables['fromWeb'] = (sink: never, options?: object) => writableFromWeb(writables, sink, options);
duplexes['fromWeb'] = (pair: { readable: never; writable: never }, options?: object) =>
  (duplexes['from'] as (parts: object) => unknown)({
    readable: readableFromWeb(readables, pair.readable, options),
    writable: writableFromWeb(writables, pair.writable, options),
  });
duplexes['toWeb'] = (duplex: never) => ({ readable: readableToWeb(duplex), writable: writableToWeb(duplex) });

export default Object.assign(stream, {
  duplexPair: (options?: object) => duplexPair(duplexes as never, options),
});
