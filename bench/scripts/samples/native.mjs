// What Node does in C++: hashes and compression. Those whose name has no size are below 1 KB.
import { BYTES } from '../limits.mjs';

const KB = 1024;
const MB = KB * KB;

const someText = (size) => {
  const words = Array.from({ length: Math.ceil(size / 8) }, (_, i) => `w${(i * 7919) % 100_003} `);
  return words.join('').slice(0, size);
};
/** So often, and the sum of what it returned. */
const times = (count, action) => {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += action(i);
  return sum;
};

export const native = {
  limit: BYTES,
  helpers: [someText, times],
  constants: { KB, MB },
  samples: {
    'sha256, 1 KB': (require) => {
      const { createHash } = require('crypto');
      const data = Buffer.from(someText(KB));
      return () => times(200, () => createHash('sha256').update(data).digest('hex').length);
    },
    'sha256, 1 MB': (require) => {
      const { createHash } = require('crypto');
      const data = Buffer.from(someText(MB));
      return () => createHash('sha256').update(data).digest('hex').length;
    },
    'sha256 of a text, 1 MB': (require) => {
      const { createHash } = require('crypto');
      const data = someText(MB);
      return () => createHash('sha256').update(data).digest('hex').length;
    },
    'gzip and gunzip, 1 KB': (require) => {
      const { gzipSync, gunzipSync } = require('zlib');
      const data = Buffer.from(someText(KB));
      return () => times(20, () => gunzipSync(gzipSync(data)).length);
    },
    'gunzip, 1 MB': (require) => {
      const { gzipSync, gunzipSync } = require('zlib');
      const data = gzipSync(Buffer.from(someText(MB)));
      return () => gunzipSync(data).length;
    },
    'deflate, 1 MB': (require) => {
      const { deflateSync } = require('zlib');
      const data = Buffer.from(someText(MB));
      return () => deflateSync(data).length;
    },
  },
};

export const smallNative = {
  limit: BYTES,
  small: true,
  helpers: [times],
  samples: {
    'sha256 of a short text': [
      500,
      (require) => {
        const { createHash } = require('crypto');
        return () => times(500, (i) => createHash('sha256').update(`payload ${i}`).digest('hex').length);
      },
    ],
    'HMAC of a short text': [
      500,
      (require) => {
        const { createHmac } = require('crypto');
        return () =>
          times(500, (i) => createHmac('sha256', 'a key').update(`payload ${i}`).digest('base64').length);
      },
    ],
    'randomUUID and randomBytes': [
      500,
      (require) => {
        const { randomBytes, randomUUID } = require('crypto');
        return () => times(500, () => randomUUID().length + randomBytes(16).length);
      },
    ],
  },
};
