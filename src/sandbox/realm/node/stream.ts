import stream from 'readable-stream/lib/stream.js';
import { readableFromWeb, readableToWeb, writableFromWeb, writableToWeb } from '../web/web-adapters.js';

type Class = Record<string, unknown> & (new (options: object) => never);

const readables = stream['Readable'] as Class;
const writables = stream['Writable'] as Class;

// The port does not implement these.
readables['toWeb'] = readableToWeb;
readables['fromWeb'] = (source: never, options?: object) => readableFromWeb(readables, source, options);
writables['toWeb'] = writableToWeb;
writables['fromWeb'] = (sink: never, options?: object) => writableFromWeb(writables, sink, options);

export default stream;
