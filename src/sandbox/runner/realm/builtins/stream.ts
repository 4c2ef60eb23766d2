import stream from 'readable-stream/lib/stream.js';

export default stream;
