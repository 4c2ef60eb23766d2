// The scripts that every row runs, and what each must answer.
import { runInNewContext } from 'node:vm';

const ITEMS = Array.from({ length: 190 }, (_, i) => ({
  id: i,
  sku: `SKU-${(i * 7919) % 10_007}`,
  name: `item number ${i}`,
  price: ((i * 37) % 1000) / 4,
  quantity: (i % 9) + 1,
  group: `group ${i % 12}`,
}));

const TRANSFORM = `function transform(cb) {
  const groups = {};
  for (const { group, price, quantity, sku } of items) {
    const sum = (groups[group] ??= { group, total: 0, count: 0, skus: [] });
    sum.total += price * quantity;
    sum.count += quantity;
    sum.skus.push(sku.toLowerCase());
  }
  const sums = Object.values(groups).sort((a, b) => b.total - a.total);
  cb({ sums, items: items.map((item) => ({ ...item, total: item.price * item.quantity })) });
}`;

function transformed() {
  const value = runInNewContext(`${TRANSFORM} let r; transform((v) => { r = JSON.stringify(v) }); r`, {
    items: ITEMS,
  });
  return JSON.parse(value);
}

const LINES = Array.from({ length: 50 }, (_, i) => `line ${i} of a console`);
const ROWS = Array.from({ length: 4096 }, (_, i) => `row ${i} `.padEnd(61, '.'));

/**
 * `waits`: the time is the script's, so that an echo says nothing. `plain`: bare Node can run it in a loop.
 * `echoes`: an echo's answer is of the same size.
 */
export const SCENARIOS = [
  {
    name: 'trivial',
    title: 'a trivial script',
    payload: { code: 'function trivial(cb) { cb(a + b); }', globals: { a: 1, b: 2 } },
    answer: { value: 3, console: [] },
    plain: true,
    echoes: true,
  },
  {
    name: 'transform',
    title: 'a transform of 20 KB of JSON',
    payload: { code: TRANSFORM, globals: { items: ITEMS } },
    answer: { value: transformed(), console: [] },
    plain: true,
    echoes: true,
  },
  {
    name: 'lines',
    title: '50 lines of console',
    payload: {
      code: "function lines(cb) { for (let i = 0; i < 50; i++) console.log('line', i, 'of a console'); cb(50); }",
    },
    answer: { value: 50, console: LINES },
    echoes: true,
  },
  {
    name: 'exception',
    title: 'an exception',
    payload: { code: "function exception(cb) { throw new RangeError('out of it'); }" },
    answer: { error: { code: 1000, message: 'RangeError' } },
    echoes: true,
  },
  {
    name: 'timer',
    title: 'a timer of 10 ms',
    payload: { code: 'function timer(cb) { setTimeout(() => cb(10), 10); }' },
    answer: { value: 10, console: [] },
    waits: true,
  },
  {
    name: 'result',
    title: 'a result of 256 KB',
    payload: {
      code: "function result(cb) { cb(Array.from({ length: 4096 }, (_, i) => ('row ' + i + ' ').padEnd(61, '.'))); }",
    },
    answer: { value: ROWS, console: [] },
    plain: true,
    echoes: true,
  },
  {
    name: 'lodash',
    title: "`require('lodash')` and its use",
    payload: {
      code: "function lodash(cb) { const _ = require('lodash'); cb(_.sortBy(_.uniq([3, 1, 2, 3]))); }",
    },
    answer: { value: [1, 2, 3], console: [] },
  },
  {
    name: 'wait',
    title: 'an async wait of 50 ms',
    payload: {
      code: 'function wait(cb) { new Promise((resolve) => setTimeout(resolve, 50)).then(() => cb(50)); }',
    },
    answer: { value: 50, console: [] },
    waits: true,
  },
].map((scenario) =>
  Object.assign(scenario, { payload: { globals: {}, ...scenario.payload, call: scenario.name } }),
);

export const scenarioOf = (name) => SCENARIOS.find((scenario) => scenario.name === name);

/** Texts that a right reply has: to look for them costs the load generator less than to parse it. */
export function expectedTexts({ answer: { value, console: lines, error } }) {
  if (error !== undefined) return [`"error":{"code":${error.code},"message":"${error.message}"`];
  return [`"value":${JSON.stringify(value)}`, `"console":${JSON.stringify(lines)}`];
}
