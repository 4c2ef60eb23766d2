/** `isDeepStrictEqual` and `assert.deepEqual` of all pairs of these values, against Node's own in the same run. */
import { evaluatedByNode, runWithModules } from '../support/modules.js';

/** Values by group: within a group every pair is compared. Each expression is evaluated for every use. */
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  primitives: [
    '0',
    '-0',
    'NaN',
    '1',
    '"1"',
    '1n',
    'null',
    'undefined',
    'true',
    '""',
    'Symbol.iterator',
    '() => 1',
  ],
  objects: [
    '({})',
    '({ a: 1 })',
    '({ a: "1" })',
    '({ a: undefined })',
    '({ b: undefined })',
    'Object.create(null)',
    'Object.create({ a: 1 })',
    '({ [Symbol.iterator]: 1 })',
    '({ [Symbol.iterator]: 2 })',
    'Object.defineProperty({}, "a", { value: 1 })',
    'new (class A { a = 1 })()',
    '({ a: { b: { c: [1, { d: 2 }] } } })',
    '({ a: { b: { c: [1, { d: 3 }] } } })',
    '(() => { const a = { n: 1 }; a.self = a; return a })()',
    '(() => { const a = { n: 1 }; a.self = { n: 1, self: a }; return a })()',
    '(() => { const a = { n: 2 }; a.self = a; return a })()',
  ],
  arrays: [
    '[]',
    '[1]',
    '["1"]',
    '[undefined]',
    '[,]',
    '[1, , 3]',
    '[1, undefined, 3]',
    'Object.assign([1], { a: 1 })',
    'Object.assign([1], { [Symbol.iterator]: 1 })',
    '({ 0: 1, length: 1 })',
    'new (class extends Array {})(1)',
    '(function () { return arguments })(1)',
  ],
  bytes: [
    'new Uint8Array([1, 2])',
    'new Uint8Array([1, 3])',
    'Buffer.from([1, 2])',
    'Buffer.from([1, 3])',
    'Object.assign(Buffer.from([1, 2]), { a: 1 })',
    'new Int8Array([1, 2])',
    'new Uint8ClampedArray([1, 2])',
    'new Float64Array([0, NaN])',
    'new Float64Array([-0, NaN])',
    'new Float64Array([0, 1])',
    'new Float64Array([-0, 1])',
    'new ArrayBuffer(2)',
    'new ArrayBuffer(3)',
    'new Uint8Array([0, 1]).buffer',
    'new SharedArrayBuffer(2)',
    'new DataView(new ArrayBuffer(2))',
    'new DataView(new Uint8Array([0, 1]).buffer)',
  ],
  collections: [
    'new Set()',
    'new Map()',
    'new Set([1, "a"])',
    'new Set(["a", 1])',
    'new Set(["1", "a"])',
    'new Set([{ a: 1 }, { a: 2 }])',
    'new Set([{ a: 2 }, { a: 1 }])',
    'new Set([{ a: 1 }, { a: 1 }])',
    'new Set([null, undefined])',
    'new Set([null, 0])',
    'new Map([[1, 2], ["a", { b: 1 }]])',
    'new Map([["a", { b: 1 }], [1, 2]])',
    'new Map([["1", 2], ["a", { b: 1 }]])',
    'new Map([[{ a: 1 }, 1], [{ a: 2 }, 2]])',
    'new Map([[{ a: 2 }, 2], [{ a: 1 }, 1]])',
    'new Map([[{ a: 2 }, 1], [{ a: 1 }, 2]])',
    'new Map([[undefined, 1]])',
    'new Map([[null, 1]])',
    'Object.assign(new Set([1]), { a: 1 })',
    'new Set([1])',
    'new Set([[new Set([1])]])',
    'new Set([[new Set([2])]])',
  ],
  errors: [
    'new Error("a")',
    'new Error("b")',
    'new TypeError("a")',
    'Object.assign(new Error("a"), { code: 1 })',
    'new Error("a", { cause: 1 })',
    'new Error("a", { cause: 2 })',
    'new Error("a", { cause: { b: [1] } })',
    'new Error("a", { cause: { b: [1] } })',
    'new AggregateError([1], "a")',
    'new AggregateError([2], "a")',
    'Object.assign(Object.create(Error.prototype), { message: "a" })',
  ],
  others: [
    'new Date(0)',
    'new Date(1)',
    '/a/g',
    '/a/i',
    'Object.assign(/a/g, { lastIndex: 1 })',
    'Object(1)',
    'Object(2)',
    'Object("1")',
    'Object(true)',
    'Object(1n)',
    'Object(Symbol.iterator)',
    'new URL("http://a/")',
    'new URL("http://b/")',
    'Object.defineProperty({}, Symbol.toStringTag, { value: "Date" })',
    'Object.defineProperty({}, Symbol.toStringTag, { value: "KeyObject" })',
  ],
  keys: [
    'crypto.createSecretKey(Buffer.from("a"))',
    'crypto.createSecretKey(Buffer.from("b"))',
    'crypto.createPrivateKey({ key: PEM[0] })',
    'crypto.createPrivateKey({ key: PEM[1] })',
    'crypto.createPublicKey({ key: PEM[0] })',
    'crypto.createPublicKey({ key: PEM[1] })',
    'Object.assign(crypto.createSecretKey(Buffer.from("a")), { a: 1 })',
    '[crypto.createSecretKey(Buffer.from("a"))]',
    '({ deep: new Map([[1, crypto.createSecretKey(Buffer.from("a"))]]) })',
    '({ deep: new Map([[1, crypto.createSecretKey(Buffer.from("b"))]]) })',
    'await importKey("a", "SHA-256", ["sign"], true)',
    'await importKey("a", "SHA-256", ["sign"], false)',
    'await importKey("a", "SHA-256", ["verify"], true)',
    'await importKey("a", "SHA-1", ["sign"], true)',
    'await importKey("b", "SHA-256", ["sign"], true)',
  ],
};

const PEM = [1, 2].map((last) => {
  // An Ed25519 key is any 32 bytes.
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, last)]);
  return `-----BEGIN PRIVATE KEY-----\n${der.toString('base64')}\n-----END PRIVATE KEY-----`;
});

const PRELUDE = `const { URL } = require('url'), crypto = require('crypto'), util = require('util'), assert = require('assert');
  const { Buffer } = require('buffer');
  const PEM = ${JSON.stringify(PEM)};
  const importKey = (raw, hash, usages, extractable) => crypto.webcrypto.subtle.importKey('raw', Buffer.from(raw), { name: 'HMAC', hash }, extractable, usages);`;

/** The pairs that are equal, as \`i-j\`, for one way to compare. */
const matrix = (values: readonly string[], compare: string): string => `(async () => {
  ${PRELUDE}
  const make = [${values.map((value) => `async () => (${value})`).join(', ')}];
  const compare = ${compare};
  const equal = [];
  for (let i = 0; i < make.length; i++) for (let j = 0; j < make.length; j++)
    if (compare(await make[i](), await make[j]())) equal.push(i + '-' + j);
  return equal;
})()`;

const WAYS = {
  'util.isDeepStrictEqual': 'util.isDeepStrictEqual',
  'assert.deepEqual': '(a, b) => { try { assert.deepEqual(a, b); return true } catch { return false } }',
  'assert.deepStrictEqual':
    '(a, b) => { try { assert.deepStrictEqual(a, b); return true } catch (error) { if (error.code !== "ERR_ASSERTION") throw error; return false } }',
} as const;

describe('deep equality', () => {
  const cases = Object.entries(GROUPS).flatMap(([group, values]) =>
    Object.entries(WAYS).map(([way, compare]) => ({
      group,
      way,
      values,
      expression: matrix(values, compare),
    })),
  );
  const expressions = cases.map(({ expression }) => expression);
  const inContext = runWithModules([], expressions);
  const inNode = evaluatedByNode(expressions);

  it.each(cases.map(({ group, way, values }, index) => ({ group, way, values, index })))(
    "is Node's for $group, by $way",
    ({ values, index }) => {
      const named = (pairs: unknown) =>
        (pairs as string[]).map((pair) => pair.split('-').map((at) => values[Number(at)]));
      expect(inContext[index]?.error).toBeUndefined();
      expect(named(inContext[index]?.ok)).toEqual(named(inNode[index]));
      expect(named(inNode[index]).length).toBeGreaterThan(0);
    },
  );
});
