// The language alone: what V8 does without Node. Each sample is a function that prepares its data and returns the work.
import { LANGUAGE } from '../limits.mjs';

const people = (count) =>
  Array.from({ length: count }, (_, i) => ({
    id: i,
    name: `user-${(i * 7919) % 1000}`,
    score: (i * 37) % 101,
    tags: [`t${i % 5}`, `u${i % 7}`],
    active: i % 3 !== 0,
  }));

const LOG_LINE = 'The quick 2024-05-13 brown foo@bar.example.com fox, 10.0.0.1 ';

export const language = {
  limit: LANGUAGE,
  helpers: [people],
  constants: { LOG_LINE },
  samples: {
    'spread: arrays and arguments': () => {
      const numbers = Array.from({ length: 1000 }, (_, i) => i);
      return () => {
        let sum = 0;
        for (let i = 0; i < 200; i++) sum += [...numbers].length + Math.max(...numbers);
        return sum;
      };
    },
    'map, filter, slice, concat': () => {
      const rows = people(1000);
      return () => {
        let sum = 0;
        for (let i = 0; i < 20; i++)
          sum += rows
            .map(({ score }) => score + i)
            .filter((score) => score % 2 === 0)
            .slice(1)
            .concat([i]).length;
        return sum;
      };
    },
    'regex: match, replace, split': () => {
      const text = LOG_LINE.repeat(300);
      return () =>
        (text.match(/[\w.]+@[\w.]+\.\w+/g) ?? []).length +
        text.replace(/(\d{4})-(\d\d)-(\d\d)/g, '$3.$2.$1').length +
        text.split(/\s+/).length;
    },
    'sort 20,000 numbers': () => () => {
      let seed = 12_345;
      const numbers = Array.from({ length: 20_000 }, () => {
        seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff;
        return seed;
      });
      return numbers.toSorted((a, b) => a - b)[500];
    },
    '5,000 promises: then, all': () => async () => {
      const promises = Array.from({ length: 5000 }, (_, i) => Promise.resolve(i).then((x) => x + 1));
      return (await Promise.all(promises)).length;
    },
    '5,000 awaits': () => async () => {
      let sum = 0;
      for (let i = 0; i < 5000; i++) sum += await Promise.resolve(i);
      return sum;
    },
    'classes with private fields': () => {
      class Counter {
        #value = 0;
        get value() {
          return this.#value;
        }
        set value(value) {
          this.#value = value;
        }
      }
      class Twice extends Counter {
        step() {
          this.value += 2;
        }
      }
      return () => {
        const counter = new Twice();
        for (let i = 0; i < 200_000; i++) counter.step();
        return counter.value;
      };
    },
    'generators and iterators': () => {
      const squares = {
        *[Symbol.iterator]() {
          for (let i = 0; i < 20_000; i++) yield i * i;
        },
      };
      return () => {
        let sum = 0;
        for (const value of squares) sum += value;
        for (const [key, value] of new Map(Array.from({ length: 5000 }, (_, i) => [i, i])))
          sum += key - value;
        for (const character of LOG_LINE.repeat(100)) sum += character.length;
        return sum;
      };
    },
    'JSON, 20 KB': () => {
      const text = JSON.stringify(people(200));
      return () => {
        const rows = JSON.parse(text);
        for (const row of rows) row.score += 1;
        return JSON.stringify(rows).length;
      };
    },
    'JSON, 1 MB': () => {
      const text = JSON.stringify(people(10_000));
      return () => JSON.stringify(JSON.parse(text)).length;
    },
    'strings: build and read': () => () => {
      let text = '';
      for (let i = 0; i < 100_000; i++) text += String.fromCharCode(97 + (i % 26));
      let sum = 0;
      for (let i = 0; i < text.length; i += 7) sum += text.charCodeAt(i);
      return sum + text.toUpperCase().indexOf('XYZ') + text.split('a').length;
    },
    'Map and Set': () => () => {
      const map = new Map();
      const set = new Set();
      for (let i = 0; i < 30_000; i++) {
        map.set(`k${i % 5000}`, i);
        set.add(i % 7777);
      }
      let sum = 0;
      for (const value of map.values()) sum += value;
      return sum + set.size;
    },
    'objects: spread, destructure, entries': () => {
      const rows = people(500);
      return () => {
        let sum = 0;
        for (const row of rows) {
          const { id, ...rest } = { ...row, extra: 1 };
          for (const [key, value] of Object.entries(rest)) if (value === 1) sum += key.length + id;
        }
        return sum;
      };
    },
    'functions: fib(25)': () => {
      const fib = (n) => (n < 2 ? n : fib(n - 1) + fib(n - 2));
      return () => fib(25);
    },
    'typed arrays': () => () => {
      const numbers = new Float64Array(100_000);
      for (let i = 0; i < numbers.length; i++) numbers[i] = Math.sqrt(i);
      return Math.round(numbers.reduce((a, b) => a + b, 0));
    },
    dates: () => () => {
      let sum = 0;
      for (let i = 0; i < 3000; i++) sum += new Date(Date.UTC(2020, 1, i % 28)).toISOString().length;
      return sum;
    },
    'Intl.NumberFormat': () => {
      const format = new Intl.NumberFormat('de-DE');
      return () => {
        let sum = 0;
        for (let i = 0; i < 1000; i++) sum += format.format(i * 1.5).length;
        return sum;
      };
    },
  },
};
