/** The operations on lent bytes and on objects of the runner, called as a hostile realm can call them. */
import crypto from 'node:crypto';
import { createContext, runInContext } from 'node:vm';
import { deflateSync } from 'node:zlib';
import { FINISHED, type LentOperation } from '../../../../../src/sandbox/boundary/lent-operations.js';
import type { Lendable } from '../../../../../src/sandbox/boundary/byte-operations.js';
import { NodeHost } from '../../../../../src/sandbox/runner/native/index.js';
import { LENT_OPERATIONS } from '../../../../../src/sandbox/runner/native/lent-operations.js';

const OPERATIONS = Object.keys(LENT_OPERATIONS) as LentOperation[];
const settledLate = (): void => undefined;

/** Bytes of a realm in which whatever reads a property of them, of their prototypes or of their memory is counted. */
const POISONED = `
  let touched = 0;
  const poison = (make) => {
    const bytes = make();
    const trap = { get() { touched++ }, set() { touched++ }, configurable: true };
    const Typed = Object.getPrototypeOf(Uint8Array);
    const keys = ['length', 'byteLength', 'byteOffset', 'buffer', 'constructor', 'valueOf', 'toString', 'parent', 'offset', 'slice',
      'subarray', 'set', 'then', 'toJSON', 'BYTES_PER_ELEMENT', Symbol.species, Symbol.iterator, Symbol.toPrimitive,
      Symbol.toStringTag, Symbol.for('nodejs.util.inspect.custom')];
    const { defineProperty } = Reflect;
    for (const target of [bytes.buffer, bytes, Typed, Typed.prototype, Uint8Array, Uint8Array.prototype, ArrayBuffer.prototype,
      SharedArrayBuffer.prototype, Object.prototype]) for (const key of keys) defineProperty(target, key, trap);
    touched = 0;
    return { __proto__: null, bytes, touched: () => touched };
  };`;
const FORMS: Readonly<Record<string, string>> = {
  plain: 'new Uint8Array(16)',
  'of a subclass': 'new (class extends Uint8Array { static get [Symbol.species]() { touched++ } })(16)',
  'of shared memory': 'new Uint8Array(new SharedArrayBuffer(16))',
  'of resizable memory': 'new Uint8Array(Reflect.construct(ArrayBuffer, [16, { maxByteLength: 64 }]))',
  'of another kind': 'new Uint32Array(4)',
};

function realmBytes(form: string): { readonly bytes: Uint8Array; readonly touched: () => number } {
  const context = createContext(Object.create(null) as object);
  return runInContext(`(() => { ${POISONED} return poison(() => ${form}) })()`, context) as ReturnType<
    typeof realmBytes
  >;
}

const isPrimitive = (value: unknown): boolean =>
  value === null || (typeof value !== 'object' && typeof value !== 'function');

describe('an operation on lent bytes', () => {
  it.each(Object.entries(FORMS))('looks at no property of an array: %s', (_, form) => {
    const host = new NodeHost(settledLate);
    const { bytes, touched } = realmBytes(form);
    const cipher = host.lend('createCipheriv', 'aes-128-cbc', bytes, bytes);
    expect(cipher).toEqual(expect.any(Number));
    expect(host.lend('cipherUpdate', cipher, bytes)).toEqual(expect.any(String));
    expect(host.lend('hash', 'sha256', bytes, 'utf8', 'hex')).toBe(
      crypto.createHash('sha256').update(Buffer.alloc(16)).digest('hex'),
    );
    expect(host.lend('hmac', 'sha256', bytes, bytes, 'utf8', 'hex')).toEqual(expect.any(String));
    expect(host.lend('zlibSync', 'Gzip', bytes)).toEqual(expect.any(String));
    expect(host.lend('timingSafeEqual', bytes, bytes)).toBe(true);
    expect(host.lend('call', 'crypto.createSecretKey', '[["b",0,16]]', bytes)).toContain('"value"');
    expect(host.lend('randomFill', bytes)).toBe(true);
    const { handle } = opened(host, 'zlib.create.Deflate');
    const left = realmBytes('new Uint8Array(8)');
    expect(host.lend('zlibWrite', handle, 4, bytes, bytes, left.bytes)).toBe(true);
    expect([touched(), left.touched()]).toEqual([0, 0]);
  });

  it('takes anything in the place of any argument, and answers with a primitive', () => {
    const odd = runInContext(
      `[undefined, null, 0, -1, 1.5, 2 ** 53, 5n, '', 'sha256', Symbol(), () => 1, {},
        new Proxy(new Uint8Array(8), { get() { throw new Error('seen') } }), Object.create(Uint8Array.prototype),
        new ArrayBuffer(8), new DataView(new ArrayBuffer(8)), new Uint8Array(8), new Float64Array(1)]`,
      createContext(Object.create(null) as object),
    ) as Lendable[];
    const host = new NodeHost(settledLate);
    opened(host, 'crypto.createHash', ['sha256']);
    opened(host, 'zlib.create.Inflate');
    expect(OPERATIONS.length).toBeGreaterThan(10);
    for (const operation of OPERATIONS)
      for (const a of odd)
        for (const b of odd) {
          const results = [
            host.lend(operation, a, b),
            host.lend(operation, 1, a, b, b, a),
            host.lend(operation, 'sha256', a, b, 'utf8', 'hex'),
          ];
          if (!results.every(isPrimitive)) throw new Error(`${operation} gave an object`);
        }
  });

  it('reads no bytes of detached memory, and writes none', () => {
    const host = new NodeHost(settledLate);
    const bytes = new Uint8Array(64);
    structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
    expect(host.lend('hash', 'sha1', bytes, 'utf8', 'hex')).toBe(crypto.createHash('sha1').digest('hex'));
    const { handle } = opened(host, 'zlib.create.Inflate');
    const given = deflateSync('hello');
    const left = new Uint8Array(8);
    expect(host.lend('zlibWrite', handle, 4, given, bytes, left)).toMatch(/Z_STREAM_ERROR/);
    expect(host.lend('zlibWrite', handle, 4, given, new Uint8Array(64), bytes)).toBeUndefined();
  });

  it('does not end the process, or loop, for a flush flag or a state that Node does not check', () => {
    const host = new NodeHost(settledLate);
    const { handle } = opened(host, 'zlib.create.Deflate');
    const bytes = new Uint8Array(8);
    for (const flag of [6, 99, -1, 1.5, NaN, 2 ** 32, 'x', null, undefined, true])
      expect(host.lend('zlibWrite', handle, flag, bytes, bytes, bytes)).toBeUndefined();
    const brotli = opened(host, 'zlib.create.BrotliCompress').handle;
    for (const flag of [4, 5])
      expect(host.lend('zlibWrite', brotli, flag, bytes, bytes, bytes)).toBeUndefined();
    for (const left of [new Uint8Array(7), new Uint8Array(9), new Uint8Array(0)])
      expect(host.lend('zlibWrite', handle, 0, bytes, bytes, left)).toBeUndefined();
    expect(host.lend('call', 'zlib.close', `[${String(handle)}]`)).toContain('"value"');
    expect(host.lend('zlibWrite', handle, 0, bytes, bytes, bytes)).toBeUndefined();
    expect(host.lend('failure')).toContain('unknown handle');
  });

  it('gives the kept bytes once, to an array of their length, and to no other context', () => {
    const [host, other] = [new NodeHost(settledLate), new NodeHost(settledLate)];
    const secret = Buffer.alloc(1000, 7);
    const cipher = host.lend('createCipheriv', 'aes-128-ctr', 'k'.repeat(16), 'i'.repeat(16));
    expect(host.lend('cipherUpdate', cipher, secret)).toBe(1000);
    expect(other.lend('take', new Uint8Array(1000))).toBeUndefined();
    expect(host.lend('take', new Uint8Array(999))).toBeUndefined();
    expect(host.lend('take', new Uint8Array(1000))).toBe(true);
    expect(host.lend('take', new Uint8Array(1000))).toBeUndefined();
  });

  it('knows no handle of another context, and keeps nothing in an object that has done its work', () => {
    const [host, other] = [new NodeHost(settledLate), new NodeHost(settledLate)];
    const cipher = host.lend('createCipheriv', 'aes-128-cbc', 'k'.repeat(16), 'i'.repeat(16));
    expect(other.lend('cipherUpdate', cipher, 'x')).toBeUndefined();
    expect(other.lend('drop', cipher)).toBe(true);
    expect(host.lend('cipherUpdate', cipher, 'x', 'utf8')).toBe('');
    for (const finished of Object.values(FINISHED)) {
      expect(host.lend('cipherUpdate', finished, 'x', 'utf8')).toBeUndefined();
      expect(host.lend('cipherFinal', finished)).toBeUndefined();
      expect(host.lend('drop', finished)).toBe(true);
    }
  });

  it('drops a cipher that is final, whatever became of it', () => {
    const host = new NodeHost(settledLate);
    const open = () => host.lend('createDecipheriv', 'aes-128-cbc', 'k'.repeat(16), 'i'.repeat(16));
    const [good, bad] = [open(), open()];
    host.lend('call', 'crypto.cipher.setAutoPadding', JSON.stringify([good, false]));
    expect(host.lend('cipherFinal', good)).toBe('');
    expect(host.lend('cipherFinal', bad, undefined, true)).toBeUndefined();
    for (const handle of [good, bad]) {
      expect(host.lend('cipherUpdate', handle, 'x', 'utf8')).toBeUndefined();
      expect(host.lend('failure')).toContain('unknown handle');
    }
  });
});

function opened(host: NodeHost, operation: string, args: unknown[] = []): { readonly handle: number } {
  const reply = JSON.parse(String(host.lend('call', operation, JSON.stringify(args)))) as {
    readonly value: readonly [tag: string, handle: number];
  };
  return { handle: reply.value[1] };
}
