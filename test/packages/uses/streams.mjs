/** Small real uses of packages for streams, bytes, promises and files, by package; see `data.mjs`. */
export const streamUses = {
  'safe-buffer': (require) => require('safe-buffer').Buffer.from('ab').toString('hex'),
  buffer: (require) => require('buffer/').Buffer.from('é').toString('base64'),
  'base64-js': (require) => require('base64-js').fromByteArray(new Uint8Array([1, 2, 3])),
  ieee754: (require) => {
    const bytes = new Uint8Array(8);
    require('ieee754').write(bytes, 1.5, 0, true, 52, 8);
    return require('ieee754').read(bytes, 0, true, 52, 8);
  },
  inherits: (require) => {
    function A() {}
    function B() {}
    require('inherits')(B, A);
    return new B() instanceof A;
  },
  util: (require) => require('util/').format('%s:%d', 'a', 1),
  events: (require) => {
    const emitter = new (require('events/'))();
    const seen = [];
    emitter.once('a', (value) => seen.push(value));
    emitter.emit('a', 1);
    emitter.emit('a', 2);
    return seen;
  },
  assert: (require) => {
    try {
      require('assert/').deepStrictEqual({ a: 1 }, { a: 2 });
    } catch (error) {
      return error.code;
    }
  },
  url: (require) => require('url/').parse('http://a:b@c.d:1/e?f=g#h').host,
  querystring: (require) => require('querystring/').parse('a=1&b=2&a=3'),
  punycode: (require) => require('punycode/').toASCII('bücher.de'),
  'concat-stream': (require) =>
    new Promise((resolve) => {
      const { Readable } = require('stream');
      Readable.from(['a', 'b'], { objectMode: false }).pipe(
        require('concat-stream')({ encoding: 'string' }, resolve),
      );
    }),
  split2: async (require) => {
    const { Readable } = require('stream');
    const lines = [];
    for await (const line of Readable.from(['a\nb', 'c\nd']).pipe(require('split2')())) lines.push(line);
    return lines;
  },
  bl: (require) => {
    const found = require('bl');
    const list = new (found.BufferList ?? found)();
    list.append(Buffer.from('ab'));
    list.append(Buffer.from('cd'));
    return list.slice(1, 3).toString();
  },
  pump: (require) =>
    new Promise((resolve) => {
      const { PassThrough, Readable } = require('stream');
      const through = new PassThrough();
      through.resume();
      require('pump')(Readable.from(['a']), through, (error) => resolve(error ?? 'ended'));
    }),
  'tar-stream': (require) =>
    new Promise((resolve, reject) => {
      const tar = require('tar-stream');
      const pack = tar.pack();
      const extract = tar.extract();
      const names = [];
      extract.on('entry', ({ name, size }, stream, next) => {
        names.push([name, size]);
        stream.on('end', next);
        stream.resume();
      });
      extract.on('finish', () => resolve(names));
      extract.on('error', reject);
      pack.entry({ name: 'a.txt', mtime: new Date(0) }, 'hello');
      pack.finalize();
      pack.pipe(extract);
    }),
  'merge-stream': async (require) => {
    const { Readable } = require('stream');
    const seen = [];
    for await (const part of require('merge-stream')(Readable.from(['a']), Readable.from(['b'])))
      seen.push(part);
    return seen.toSorted();
  },
  merge2: async (require) => {
    const { Readable } = require('stream');
    const seen = [];
    for await (const part of require('merge2')(Readable.from(['a']), Readable.from(['b'])))
      seen.push(String(part));
    return seen;
  },
  'get-stream': async (require) => {
    const { Readable } = require('stream');
    return require('get-stream').default(Readable.from(['a', 'b']));
  },
  through: async (require) => {
    const { Readable } = require('stream');
    const seen = [];
    const upper = require('through')(function (data) {
      this.queue(String(data).toUpperCase());
    });
    Readable.from(['a', 'b']).pipe(upper);
    return new Promise((resolve) => {
      upper.on('data', (part) => seen.push(part));
      upper.on('end', () => resolve(seen));
    });
  },
  'combined-stream': (require) =>
    new Promise((resolve) => {
      const { PassThrough, Readable } = require('stream');
      const combined = require('combined-stream').create();
      combined.append(Readable.from(['a']));
      combined.append(Readable.from(['b']));
      const seen = [];
      combined
        .pipe(new PassThrough())
        .on('data', (part) => seen.push(String(part)))
        .on('end', () => resolve(seen));
    }),
  'buffer-crc32': (require) => {
    const crc32 = require('buffer-crc32');
    return (crc32.default ?? crc32).unsigned(Buffer.from('hello'));
  },
  'crc-32': (require) => require('crc-32').str('hello'),
  md5: (require) => require('md5')('hello'),
  q: async (require) => require('q').all([1, require('q').delay(1).thenResolve(2)]),
  'es6-promise': async (require) => require('es6-promise').Promise.all([1, Promise.resolve(2)]),
  co: async (require) =>
    require('co')(function* () {
      return [yield Promise.resolve(1), yield [Promise.resolve(2)]];
    }),
  promise: async (require) => require('promise').denodeify((a, then) => then(null, a + 1))(1),
  once: (require) => {
    let count = 0;
    const once = require('once')(() => ++count);
    return [once(), once()];
  },
  pify: async (require) => {
    const pify = require('pify');
    return (pify.default ?? pify)((a, then) => then(null, a + 1))(1);
  },
  thenify: async (require) => require('thenify')((a, then) => then(null, a + 1))(1),
  'queue-microtask': async (require) =>
    new Promise((resolve) => require('queue-microtask')(() => resolve('later'))),
  'graceful-fs': (require) => [
    typeof require('graceful-fs').readFile,
    typeof require('graceful-fs').gracefulify,
  ],
  'path-browserify': (require) => require('path-browserify').join('/a', '../b', './c'),
  archiver: async (require) => {
    const archiver = require('archiver');
    const archive = archiver.ZipArchive === undefined ? archiver('zip') : new archiver.ZipArchive();
    archive.append('hello', { name: 'a.txt', date: new Date(0) });
    archive.finalize();
    let first;
    for await (const part of archive) first ??= part;
    return first.subarray(0, 4).toString('hex');
  },
  pngjs: (require) => {
    const { PNG } = require('pngjs');
    const image = new PNG({ width: 1, height: 1 });
    image.data.set([1, 2, 3, 255]);
    return [...PNG.sync.read(PNG.sync.write(image)).data];
  },
  'jpeg-js': (require) => {
    const jpeg = require('jpeg-js');
    const { data } = jpeg.encode({ data: Buffer.alloc(16 * 16 * 4, 200), width: 16, height: 16 }, 80);
    return jpeg.decode(data).width;
  },
  'image-size': (require) => {
    const found = require('image-size');
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4//8/w38GIAXDIBKE0DHxgljNBAAO9TXL0Y4OHwAAAABJRU5ErkJggg==',
      'base64',
    );
    return (found.imageSize ?? found.default ?? found)(png).width;
  },
};
