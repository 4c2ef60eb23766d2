import stream from 'readable-stream/lib/stream.js';
import { named } from '../kit/define.js';
import { readableFromWeb, readableToWeb, writableFromWeb, writableToWeb } from '../web/web-adapters.js';

type Class = Record<string, unknown> & (new (options: object) => never);

const { Readable, Writable } = stream as Record<'Readable' | 'Writable', Class>;

// The bundler gives another name to one that the port uses for other things, too.
for (const name of ['Readable', 'Writable', 'Duplex', 'Transform', 'PassThrough', 'Stream'])
  named(name, (stream as Record<string, object>)[name] as object);

// The port does not implement these.
Readable['toWeb'] = readableToWeb;
Readable['fromWeb'] = (source: never, options?: object) => readableFromWeb(Readable, source, options);
Writable['toWeb'] = writableToWeb;
Writable['fromWeb'] = (sink: never, options?: object) => writableFromWeb(Writable, sink, options);

export default stream;
