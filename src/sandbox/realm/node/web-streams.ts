import * as streams from 'web-streams-polyfill/dist/ponyfill.js';
import { compressionStreams } from '../web/compression-streams.js';
import { addClosing } from '../web/stream-closing.js';
import { addInspection } from '../web/stream-inspection.js';
import { textStreams } from '../web/text-streams.js';

addInspection(streams as never);
addClosing(streams as never);

/** The standard's streams; in Node, `stream/web`. */
export default { ...streams, ...textStreams(streams), ...compressionStreams(streams) };
