/** What a realm lends is read and written in place, whatever a script has made of it, and without running code of the script. */
import { createContext, runInContext } from 'node:vm';
import { BUFFER_CODECS, type ByteOperation } from '../../../../../src/sandbox/boundary/byte-operations.js';
import { BYTE_OPERATIONS } from '../../../../../src/sandbox/runner/native/byte-operations.js';
import { NodeHost } from '../../../../../src/sandbox/runner/native/index.js';

const host = new NodeHost(() => undefined);
const { lend } = host;

/** Counts in `touched` whatever looks at a property of an object of the realm, at its prototypes or at its memory. */
const POISON = `
  let touched = 0;
  const { defineProperty, ownKeys } = Reflect;
  const touch = (target) => {
    for (const key of ownKeys(target)) {
      try {
        defineProperty(target, key, { get() { touched++ }, set() { touched++ }, configurable: true });
      } catch {}
    }
    for (const key of ['length', 'byteLength', 'byteOffset', 'buffer', 'constructor', 'valueOf', 'toString', 'parent', 'offset',
      'then', Symbol.species, Symbol.iterator, Symbol.toPrimitive, Symbol.toStringTag, Symbol.for('nodejs.util.inspect.custom')])
      defineProperty(target, key, { get() { touched++ }, set() { touched++ }, configurable: true });
  };
  const Typed = Object.getPrototypeOf(Uint8Array);
  const poison = (bytes) => {
    const memory = bytes.buffer;
    for (const target of [Uint8Array, Uint8Array.prototype, Typed, Typed.prototype, ArrayBuffer, ArrayBuffer.prototype,
      globalThis.SharedArrayBuffer?.prototype ?? {}, Object.prototype, Function.prototype, memory, bytes]) touch(target);
    touched = 0;
    return bytes;
  };`;

/** Evaluates an expression in a realm of its own: the bytes, and how many of their properties have been looked at. */
function realmOf(expression: string): { readonly lent: Uint8Array; readonly touched: () => number } {
  const result: unknown = runInContext(
    `(() => { ${POISON} return { __proto__: null, lent: ${expression}, touched: () => touched } })()`,
    createContext(Object.create(null) as object),
  );
  return result as { lent: Uint8Array; touched: () => number };
}

const FORMS: Readonly<Record<string, string>> = {
  'a plain array': `poison(new Uint8Array([97, 98, 99]))`,
  'a part of an array': `poison(new Uint8Array([0, 97, 98, 99, 0]).subarray(1, 4))`,
  'an array of a subclass': `poison(new (class extends Uint8Array {
    static get [Symbol.species]() { touched++; return Array }
  })([97, 98, 99]))`,
  'an array without a prototype': `Object.setPrototypeOf(poison(new Uint8Array([97, 98, 99])), null)`,
  'an array behind which a Proxy stands': `Object.setPrototypeOf(poison(new Uint8Array([97, 98, 99])),
    new Proxy({}, { get() { touched++ }, has() { touched++ }, getPrototypeOf() { touched++; return null } }))`,
  'an array of another kind': `poison(new Int8Array([97, 98, 99]))`,
  'an array of shared memory': `(() => {
    const shared = new Uint8Array(new SharedArrayBuffer(3)); shared.set([97, 98, 99]); return poison(shared) })()`,
  'a frozen, empty-looking array': `Object.defineProperty(poison(new Uint8Array([97, 98, 99])), 'length', { value: 0 })`,
};

describe('bytes that a realm lends', () => {
  it.each(Object.entries(FORMS))('are read from %s without a look at its properties', (_, form) => {
    const { lent, touched } = realmOf(form);
    expect(lend('utf8Slice', lent, 0, 3)).toBe('abc');
    expect(lend('compare', lent, lent)).toBe(0);
    for (const codec of BUFFER_CODECS) lend(`${codec}Slice`, lent, 0, 3);
    for (const operation of Object.keys(BYTE_OPERATIONS)) lend(operation as ByteOperation, lent, lent, 0, 1);
    expect(touched()).toBe(0);
  });

  it.each(Object.entries(FORMS))('are written into %s without a look at its properties', (_, form) => {
    const { lent, touched } = realmOf(form);
    for (const codec of BUFFER_CODECS) lend(`${codec}Write`, lent, 'eHl6', 0, 3);
    expect(lend('utf8Write', lent, 'xyz', 0, 3)).toBe(3);
    expect(lend('latin1Slice', lent, 0, 3)).toBe('xyz');
    expect(touched()).toBe(0);
  });

  it('are none when the memory is detached or has shrunk', () => {
    const context = createContext(Object.create(null) as object);
    const lent = (body: string): Uint8Array => runInContext(`(() => { ${body} })()`, context) as Uint8Array;
    const detached = lent('return new Uint8Array([97, 98])');
    structuredClone(detached.buffer, { transfer: [detached.buffer as ArrayBuffer] });
    expect(lend('latin1Slice', detached, 0, 0)).toBe('');
    expect(lend('latin1Slice', detached, 0, 2)).not.toBe('ab');
    expect(lend('latin1Write', detached, 'ab', 0, 2)).not.toBe(2);
    const shrunk =
      lent(`const m = new ArrayBuffer(8, { maxByteLength: 8 }); const u = new Uint8Array(m, 4, 4);
      m.resize(2); return u`);
    const tracking = lent(`const m = new ArrayBuffer(8, { maxByteLength: 8 }); const u = new Uint8Array(m, 4);
      m.resize(5); u[0] = 97; return u`);
    expect(lend('latin1Slice', shrunk, 0, 0)).toBe('');
    expect(lend('latin1Slice', shrunk, 0, 4)).not.toBe('abcd');
    expect(lend('latin1Write', shrunk, 'abcd', 0, 4)).not.toBe(4);
    expect(lend('latin1Slice', tracking, 0, 1)).toBe('a');
    expect(lend('latin1Slice', tracking, 0, 2)).not.toBe('a\0');
  });

  it.each([
    ['an object', '({ length: 3, 0: 97 })'],
    ['a function', '(() => { throw 1 })'],
    ['an Array', '[97, 98]'],
    ['a Proxy of a typed array', 'new Proxy(new Uint8Array(3), { get() { touched++ } })'],
    ['an object that inherits from a typed array', 'Object.create(new Uint8Array(3))'],
    ['an object with the tag of one', "({ [Symbol.toStringTag]: 'Uint8Array' })"],
    ['a DataView', 'new DataView(new ArrayBuffer(3))'],
    ['an ArrayBuffer', 'new ArrayBuffer(3)'],
    ['a String', "new String('abc')"],
    [
      'a number that counts its conversions',
      '({ valueOf() { touched++; return 1 }, [Symbol.toPrimitive]() { touched++; return 1 } })',
    ],
  ])('are not %s, which is refused without a look at it', (_, form) => {
    const { lent, touched } = realmOf(form);
    const bytes = new Uint8Array(8);
    for (const operation of Object.keys(BYTE_OPERATIONS) as ByteOperation[]) {
      expect(lend(operation, lent, 0, 1)).toBeUndefined();
      expect(lend(operation, bytes, 'a', lent, 1)).toBeUndefined();
      expect(lend(operation, bytes, lent, 0, 1)).toBeUndefined();
      expect(lend(operation, bytes, 'a', 0, lent)).toBeUndefined();
    }
    expect(touched()).toBe(0);
  });

  it('cannot be read or written outside of the array', () => {
    const memory = new Uint8Array(64).fill(83);
    const lent = memory.subarray(16, 32).fill(97);
    for (const codec of BUFFER_CODECS)
      for (const at of [-1, 0, 15, 16, 17, 48, 2 ** 31, 2 ** 32 + 1, 2 ** 53, Infinity, NaN, 1.5])
        for (const length of [-1, 0, 1, 16, 17, 2 ** 31, 2 ** 32, 2 ** 53, Infinity, NaN]) {
          lend(`${codec}Write`, lent, 'YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFh'.repeat(4), at, length);
          const text = lend('latin1Slice', lent, at, length);
          expect(text === undefined || !String(text).includes('S')).toBe(true);
        }
    expect([...memory.subarray(0, 16), ...memory.subarray(32)].every((byte) => byte === 83)).toBe(true);
  });

  it('give only primitives, whatever the arguments are', () => {
    const given = [new Uint8Array(4), 'abc', 1.5, 2n, undefined, true] as const;
    for (const operation of [
      ...Object.keys(BYTE_OPERATIONS),
      'toString',
      '__proto__',
      'constructor',
      '',
      'hasOwn',
    ])
      for (const a of given)
        for (const b of given)
          for (const c of given) {
            const result: unknown = lend(operation as ByteOperation, a, b, c, 1);
            expect(typeof result).not.toBe('function');
            expect(result === null || typeof result !== 'object').toBe(true);
          }
    expect(lend({ toString: () => 'compare' } as never, given[0], given[0])).toBeUndefined();
  });
});
