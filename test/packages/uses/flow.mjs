/** Small real uses, by package; see `data.mjs`. */
export const flowUses = {
  async: async (require) => require('async').mapLimit([1, 2, 3], 2, async (x) => x * 2),
  bluebird: async (require) =>
    require('bluebird').map([1, 2, 3], (x) => require('bluebird').delay(1, x * 2), { concurrency: 2 }),
  rxjs: async (require) => {
    const { from, lastValueFrom, map, mergeMap, timer, toArray } = require('rxjs');
    return lastValueFrom(
      from([1, 2]).pipe(
        mergeMap((x) => timer(x).pipe(map(() => x * 2))),
        toArray(),
      ),
    );
  },
  eventemitter3: (require) => {
    const EventEmitter = require('eventemitter3');
    const seen = [];
    new EventEmitter().once('a', (x) => seen.push(x)).emit('a', 1);
    return seen;
  },
  'p-limit': async (require) => {
    const limit = require('p-limit').default(1);
    return Promise.all([1, 2].map((x) => limit(async () => x * 2)));
  },
  'p-map': async (require) => require('p-map').default([1, 2, 3], async (x) => x + 1, { concurrency: 2 }),
  'p-queue': async (require) => {
    const queue = new (require('p-queue').default)({ concurrency: 1 });
    return queue.addAll([async () => 1, async () => 2]);
  },
  retry: async (require) => {
    const operation = require('retry').operation({ retries: 3, minTimeout: 1 });
    return new Promise((resolve) =>
      operation.attempt((n) => (n < 3 ? operation.retry(new Error('again')) : resolve(n))),
    );
  },
  through2: async (require) => {
    const through2 = require('through2');
    const upper = (through2.default ?? through2)((chunk, _, done) => done(null, String(chunk).toUpperCase()));
    upper.end('abc');
    return new Promise((resolve) => upper.on('data', (data) => resolve(String(data))));
  },
  'readable-stream': async (require) => {
    const { Readable, pipeline, Transform } = require('readable-stream');
    const seen = [];
    const double = new Transform({ objectMode: true, transform: (x, _, done) => done(null, x * 2) });
    double.on('data', (x) => seen.push(x));
    return new Promise((resolve, reject) =>
      pipeline(Readable.from([1, 2]), double, (error) => (error ? reject(error) : resolve(seen))),
    );
  },
  glob: (require) => require('glob').hasMagic('a/*.js'),
  'fs-extra': (require) => typeof require('fs-extra').readJson,
};
