/** Attacks with the classes of `crypto` and `zlib`, and with the bytes that a context lends. */
import { readFileSync } from 'node:fs';
import { runWithModules } from '../support/modules.js';
import { poison } from '../support/poison.js';

const FOREIGN = readFileSync(new URL('../support/foreign-objects.js', import.meta.url), 'utf8');

/** What a script can get at with the classes of `crypto` and `zlib`; `note` takes each value. */
const useNative = `
  const crypto = require('crypto'), zlib = require('zlib'), { Buffer } = require('buffer');
  const attempt = (action) => { try { note(action()) } catch (error) { note(error) } };
  const useNative = () => {
    const odd = [undefined, null, 5, 'md5', {}, () => 1, new Uint8Array(16), new Proxy(new Uint8Array(4), {}), Object.create(Uint8Array.prototype)];
    for (const name of ['Hash', 'Hmac', 'Cipheriv', 'Decipheriv', 'Sign', 'Verify', 'ECDH', 'DiffieHellmanGroup', 'KeyObject', 'X509Certificate', 'Certificate'])
      for (const value of odd) { attempt(() => new crypto[name](value, value, value)); attempt(() => crypto[name].call({}, value, value)); attempt(() => crypto[name](value)) }
    for (const name of ['Gzip', 'Inflate', 'BrotliCompress']) {
      attempt(() => { const stream = new zlib[name](); stream.on('error', note); const handle = stream._handle; note(handle);
        handle.onerror = function onerror() { note(arguments); note(this); try { note(onerror.caller) } catch {} };
        for (const value of odd) attempt(() => handle.writeSync(4, value, 0, 8, value, 0, 8));
        attempt(() => handle.writeSync(99, odd[6], 0, 8, odd[6], 0, 8)); attempt(() => handle.close()); attempt(() => handle.reset()); return stream });
      for (const value of odd) attempt(() => zlib[name].call({}, value));
    }
    for (const value of odd) {
      attempt(() => crypto.createHash('sha256').update(value).digest());
      attempt(() => crypto.createHmac('sha256', value).update('a').digest('hex'));
      attempt(() => { const c = crypto.createCipheriv('aes-128-gcm', new Uint8Array(16), new Uint8Array(12)); note(c.update(value)); note(c.final()); return c.getAuthTag() });
      attempt(() => crypto.timingSafeEqual(value, value)); attempt(() => crypto.randomFillSync(value)); attempt(() => zlib.gzipSync(value)); attempt(() => crypto.hash?.('sha1', value));
    }
    attempt(() => require('util').isDeepStrictEqual(crypto.createSecretKey(odd[6]), crypto.createSecretKey(odd[6])));
  };`;

const attacks: [title: string, code: string][] = [
  [
    'objects of crypto and zlib',
    `const seen = []; const note = (value) => seen.push(value); ${useNative} useNative(); foreign(seen)`,
  ],
  [
    'objects of crypto and zlib, with poisoned arrays, texts and errors',
    `${poison('Uint8Array.prototype', 'Object.getPrototypeOf(Uint8Array.prototype)', 'ArrayBuffer.prototype', 'String.prototype', 'Array.prototype', 'Error', 'Object', 'Reflect', 'JSON', 'Map.prototype', 'WeakMap.prototype')}
    ${useNative} try { useNative() } catch (error) { note(error) } foreign(seen)`,
  ],
  [
    'objects of crypto and zlib, with accessors on their arrays',
    `const seen = []; let size = 0; const { defineProperty } = Object; const note = (value) => size > 3000 || defineProperty(seen, size++, { value, configurable: true, writable: true, enumerable: true });
    ${useNative}
    const Typed = Object.getPrototypeOf(Uint8Array);
    for (const target of [Uint8Array.prototype, Typed.prototype, ArrayBuffer.prototype, Uint8Array, Typed]) for (const key of ['buffer', 'byteLength', 'byteOffset', 'length', 'constructor', Symbol.species, 'set', 'subarray', 'slice'])
      try { const original = Reflect.getOwnPropertyDescriptor(target, key); defineProperty(target, key, { configurable: true, get() { note(this); try { throw new Error() } catch (error) { note(error) } return original?.get ? Reflect.apply(original.get, this, []) : original?.value }, set(value) { note(value) } }) } catch {}
    try { useNative() } catch (error) { note(error) }
    foreign(seen)`,
  ],
  [
    'objects of crypto and zlib on a nearly full stack',
    `const seen = []; const note = (value) => { if (seen.length < 3000) seen.push(value) };
    ${useNative} useNative(); useNative();
    let levels = 0;
    const dive = () => { try { dive() } catch (error) { note(error) } if (++levels < 40) try { useNative() } catch (error) { note(error) } };
    dive();
    foreign(seen)`,
  ],
];

describe('containment of crypto and zlib', () => {
  const ran = runWithModules(
    [],
    [
      ...attacks.map(([, code]) => `${FOREIGN}\n${code}`),
      "require('crypto').createHash('md5').update('a').digest('hex')",
    ],
  );

  it.each(attacks.map(([title], index) => ({ title, result: ran[index] })))(
    '$title: nothing of the host',
    ({ result }) => {
      expect({ found: result?.ok, error: result?.error }).toEqual({ found: '', error: undefined });
    },
  );

  it('serves the next execution after all of them', () => {
    expect(ran.at(-1)?.ok).toBe('0cc175b9c0f1b6a831c399e269772661');
  });
});
