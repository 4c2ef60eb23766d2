// Text and bytes. Those whose name has no size are below 1 KB.
import { BYTES } from '../limits.mjs';

const KB = 1024;
const MB = KB * KB;

/** Bytes that no compression makes nothing of, the same in each process. */
const someBytes = (size) => {
  const bytes = Buffer.alloc(size);
  let seed = 42;
  for (let i = 0; i < size; i++) {
    seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff;
    bytes[i] = seed >> 16;
  }
  return bytes;
};
/** So often, and the sum of what it returned. */
const times = (count, action) => {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += action(i);
  return sum;
};

/** There and back, at 1 KB and at 1 MB. As texts: a function would not know its encoding where it runs. */
const through = (encoding) => {
  const length = `Buffer.from(bytes.toString('${encoding}'), '${encoding}').length`;
  return {
    [`Buffer ${encoding}, 1 KB`]: `() => { const bytes = someBytes(KB); return () => times(200, () => ${length}); }`,
    [`Buffer ${encoding}, 1 MB`]: `() => { const bytes = someBytes(MB); return () => ${length}; }`,
  };
};

export const bytes = {
  limit: BYTES,
  helpers: [someBytes, times],
  constants: { KB, MB },
  samples: {
    'TextEncoder and TextDecoder, 1 KB': () => {
      const text = 'héllo wörld '.repeat(80);
      const encoder = new TextEncoder();
      const decoder = new TextDecoder();
      return () => times(200, () => decoder.decode(encoder.encode(text)).length);
    },
    'TextEncoder and TextDecoder, 1 MB': () => {
      const text = 'héllo wörld '.repeat(80_000);
      return () => new TextDecoder().decode(new TextEncoder().encode(text)).length;
    },
    'TextEncoder and TextDecoder, ASCII, 1 MB': () => {
      const text = 'hello world '.repeat(87_381);
      return () => new TextDecoder().decode(new TextEncoder().encode(text)).length;
    },
    'Buffer utf8, 1 KB': () => {
      const text = 'häuser '.repeat(128);
      return () => times(200, () => Buffer.from(text).toString().length);
    },
    'Buffer utf8, 1 MB': () => {
      const text = 'häuser '.repeat(131_072);
      return () => Buffer.from(text).toString().length;
    },
    ...through('base64'),
    ...through('hex'),
    ...through('latin1'),
    'Buffer.concat, 1 KB': () => {
      const parts = Array.from({ length: 4 }, () => someBytes(KB / 4));
      return () => times(1000, () => Buffer.concat(parts).length);
    },
    'Buffer.concat, 1 MB': () => {
      const parts = Array.from({ length: 64 }, () => someBytes(MB / 64));
      return () => Buffer.concat(parts).length;
    },
  },
};

export const smallBytes = {
  limit: BYTES,
  small: true,
  helpers: [times],
  samples: {
    'Buffer: from text': [
      2000,
      () => () => times(2000, (i) => Buffer.from(`some text to be encoded ${i}`).length),
    ],
    'Buffer: to base64': [
      2000,
      () => {
        const text = Buffer.from('some text to be encoded');
        return () => times(2000, () => text.toString('base64').length);
      },
    ],
    'Buffer: to hex': [
      2000,
      () => {
        const text = Buffer.from('some text to be encoded');
        return () => times(2000, () => text.toString('hex').length);
      },
    ],
    'Buffer: from base64': [
      2000,
      () => () => times(2000, () => Buffer.from('c29tZSB0ZXh0IHRvIGJlIGVuY29kZWQ=', 'base64').length),
    ],
    'Buffer.concat': [
      2000,
      () => {
        const part = Buffer.from('some text to be encoded');
        return () => times(2000, () => Buffer.concat([part, part]).length);
      },
    ],
    'TextEncoder and TextDecoder': [
      2000,
      () => {
        const encoder = new TextEncoder();
        const decoder = new TextDecoder();
        return () => times(2000, (i) => decoder.decode(encoder.encode(`some text ${i}`)).length);
      },
    ],
    'btoa and atob': [2000, () => () => times(2000, (i) => atob(btoa(`some text ${i}`)).length)],
    'URL: parse and read': [
      1000,
      () => () =>
        times(1000, (i) => {
          const url = new URL(`https://user:pw@example.com:8080/a/b/${i}?x=${i}&y=2#frag`);
          return url.pathname.length + url.host.length;
        }),
    ],
    'URL: searchParams': [
      1000,
      () => () =>
        times(1000, (i) => {
          const url = new URL(`https://example.com/a?x=${i}&y=2`);
          url.searchParams.set('z', 'ü');
          return url.searchParams.get('x').length + url.href.length;
        }),
    ],
    URLSearchParams: [
      1000,
      () => () => times(1000, (i) => new URLSearchParams({ a: `${i}`, b: 'x y' }).toString().length),
    ],
  },
};
