// What the event loop does for a script, and structuredClone.
import { EVENTS } from '../limits.mjs';

const rows = (count) => Array.from({ length: count }, (_, i) => ({ id: i, tags: ['a', 'b'], at: { x: 1 } }));

export const events = {
  limit: EVENTS,
  helpers: [rows],
  samples: {
    'EventEmitter: emit': (require) => {
      const EventEmitter = require('events');
      return () => {
        const emitter = new EventEmitter();
        let sum = 0;
        emitter.on('x', (value) => {
          sum += value;
        });
        for (let i = 0; i < 20_000; i++) emitter.emit('x', 1);
        return sum;
      };
    },
    'EventEmitter: on, once, off': (require) => {
      const EventEmitter = require('events');
      return () => {
        let sum = 0;
        for (let i = 0; i < 1000; i++) {
          const emitter = new EventEmitter();
          const listener = (a, b) => {
            sum += a + b;
          };
          emitter.on('x', listener);
          emitter.once('x', listener);
          emitter.emit('x', 1, 2);
          emitter.off('x', listener);
          sum += emitter.listenerCount('x');
        }
        return sum;
      };
    },
    'EventTarget: dispatchEvent': () => {
      const target = new EventTarget();
      let sum = 0;
      target.addEventListener('x', () => {
        sum += 1;
      });
      return () => {
        sum = 0;
        for (let i = 0; i < 1000; i++) target.dispatchEvent(new Event('x'));
        return sum;
      };
    },
    '1,000 setImmediate, one after another': () => () =>
      new Promise((resolve) => {
        let count = 0;
        const next = () => {
          if (++count < 1000) setImmediate(next);
          else resolve(count);
        };
        next();
      }),
    '1,000 setImmediate at once': () => () =>
      new Promise((resolve) => {
        let count = 0;
        for (let i = 0; i < 1000; i++)
          setImmediate(() => {
            if (++count === 1000) resolve(count);
          });
      }),
    '5,000 setTimeout': () => () =>
      new Promise((resolve) => {
        let count = 0;
        for (let i = 0; i < 5000; i++)
          setTimeout(() => {
            if (++count === 5000) resolve(count);
          }, 1);
      }),
    '5,000 setTimeout, cleared': () => () => {
      let count = 0;
      for (let i = 0; i < 5000; i++) {
        clearTimeout(setTimeout(() => undefined, 1000));
        count += 1;
      }
      return count;
    },
    '5,000 queueMicrotask': () => () =>
      new Promise((resolve) => {
        let count = 0;
        for (let i = 0; i < 5000; i++)
          queueMicrotask(() => {
            if (++count === 5000) resolve(count);
          });
      }),
    'structuredClone, 1,000 rows': () => {
      const data = rows(1000);
      return () => structuredClone(data).length;
    },
    'structuredClone, a small object': () => {
      const [data] = rows(1);
      return () => {
        let sum = 0;
        for (let i = 0; i < 200; i++) sum += structuredClone(data).tags.length;
        return sum;
      };
    },
    'structuredClone: Map, Set, Date, bytes': () => {
      const data = {
        map: new Map(rows(200).map((row) => [row.id, row])),
        set: new Set(Array.from({ length: 200 }, (_, i) => `item ${i}`)),
        dates: Array.from({ length: 200 }, (_, i) => new Date(i)),
        bytes: new Uint8Array(100_000),
      };
      return () => structuredClone(data).map.size;
    },
  },
};
