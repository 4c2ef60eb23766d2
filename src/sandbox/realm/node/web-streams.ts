import * as streams from 'web-streams-polyfill/dist/ponyfill.js';
import { compressionStreams } from '../web/compression-streams.js';
import { textStreams } from '../web/text-streams.js';

/** The standard's streams; in Node, `stream/web`. */
export default { ...streams, ...textStreams(streams), ...compressionStreams(streams) };
