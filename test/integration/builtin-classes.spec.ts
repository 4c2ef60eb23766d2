/** The classes and functions of `crypto` and `zlib`: what a context has, against Node's own exports in the same run. */
import * as crypto from 'node:crypto';
import * as zlib from 'node:zlib';
import { evaluatedByNode, runWithModules } from '../support/modules.js';

/** Describes an export and, of a class, its members and what it inherits from. A text: it is evaluated on both sides. */
const DESCRIBE = `(module, key) => {
  require('stream');
  const value = require(module)[key];
  const flags = (d) => (d.writable ? 'w' : '') + (d.enumerable ? 'e' : '') + (d.configurable ? 'c' : '') + (d.get ? 'g' : '') + (d.set ? 's' : '');
  const nameOf = (o) => typeof o === 'function' ? o.name : Object.getOwnPropertyDescriptor(o, 'constructor')?.value?.name;
  const chain = (o) => { const names = []; for (let p = o; p !== null && p !== Object.prototype && p !== Function.prototype; p = Object.getPrototypeOf(p)) names.push(nameOf(p)); return names };
  const constructs = (f) => { try { Reflect.construct(Object, [], f); return true } catch { return false } };
  const members = (o) => Object.getOwnPropertyNames(o)
    .filter((name) => !['length', 'name', 'arguments', 'caller', 'prototype'].includes(name))
    .map((name) => { const d = Object.getOwnPropertyDescriptor(o, name); return [name, flags(d), typeof d.value, typeof d.value === 'function' ? d.value.length : 0].join(' ') })
    .sort();
  const own = Object.getOwnPropertyDescriptor(require(module), key);
  const found = { flags: flags(own), type: typeof value };
  if (typeof value !== 'function') return found;
  Object.assign(found, { name: value.name, length: value.length });
  if (!/^[A-Z]/.test(key)) return found;
  return Object.assign(found, { constructs: constructs(value), statics: members(value), inherits: chain(value), members: members(value.prototype), chain: chain(value.prototype) });
}`;

/** Bases that Node does not export and that hold its own plumbing: of a key and of a certificate. */
const PLUMBING = new Set(['', 'JSTransferable', 'NativeKeyObject']);
/** What Node does once in these classes, and we each time: nothing that a script notices. */
const OURS = /^(?:_readableState|_writableState) /;
/** Newer than the oldest Node that the service runs on, and not offered. */
const NOT_OFFERED = /zip/i;

interface Described {
  readonly inherits?: readonly string[];
  readonly chain?: readonly string[];
  readonly members?: readonly string[];
}

const withoutPlumbing = (names: readonly string[] | undefined) =>
  names?.filter((name) => !PLUMBING.has(name));

/** Without what is Node's own business. */
function compared(found: unknown): unknown {
  const described = found as Described;
  return {
    ...described,
    inherits: withoutPlumbing(described.inherits),
    chain: withoutPlumbing(described.chain),
    members: described.members?.filter((name) => !OURS.test(name)),
  };
}

/** Exports that are functions or objects; the deprecated names among them are not enumerable. */
const exported = (module: 'crypto' | 'zlib', exports: object) =>
  Object.getOwnPropertyNames(exports)
    .filter((key) => !/^[A-Z\d_]+$/.test(key) || key === 'ECDH')
    .filter((key) => key !== 'default' && key !== 'module.exports' && !NOT_OFFERED.test(key))
    .map((key) => ({ module, key }));
// Of the default export: a namespace lacks what is not enumerable.
const subjects = [
  ...exported('crypto', (crypto as unknown as { default: object }).default),
  ...exported('zlib', (zlib as unknown as { default: object }).default),
];

describe('an export of a builtin', () => {
  const expressions = subjects.map(({ module, key }) => `(${DESCRIBE})('${module}', '${key}')`);
  const inNode = evaluatedByNode(expressions);
  const inContext = runWithModules(
    [],
    expressions.map((expression) => `(async () => ${expression})()`),
  );

  it.each(subjects.map(({ module, key }, index) => ({ module, key, index })))(
    'has the shape of that of Node: $module $key',
    ({ index }) => {
      expect(inContext[index]?.error).toBeUndefined();
      expect(compared(inContext[index]?.ok)).toEqual(compared(inNode[index]));
    },
  );
});

/** How to construct each class, and something to do with an instance. */
const CLASSES: readonly (readonly [name: string, args: string, use: string])[] = [
  ['crypto.Certificate', '', 'typeof o.verifySpkac'],
  [
    'crypto.Cipheriv',
    "'aes-128-cbc', Buffer.alloc(16), Buffer.alloc(16)",
    "o.update('a', 'utf8', 'hex') + o.final('hex')",
  ],
  [
    'crypto.Decipheriv',
    "'aes-128-cbc', Buffer.alloc(16), Buffer.alloc(16)",
    "o.update('8e4a3d4beb92d54c7e95f67d41daed59', 'hex', 'utf8') + o.final('utf8')",
  ],
  [
    'crypto.DiffieHellman',
    "Buffer.from('ffffffffffffffc5', 'hex')",
    "o.getPrime('hex') + o.getGenerator('hex') + o.verifyError",
  ],
  ['crypto.DiffieHellmanGroup', "'modp5'", "o.getPrime('hex').length + o.verifyError"],
  [
    'crypto.ECDH',
    "'secp256k1'",
    "(o.setPrivateKey('11'.repeat(32), 'hex'), o.getPublicKey('hex', 'compressed'))",
  ],
  ['crypto.Hash', "'md5'", "o.update('a').digest('hex')"],
  [
    'crypto.Hash',
    "'shake128', { outputLength: 5 }",
    "o.update('a').copy({ outputLength: 3 }).digest('hex') + o.digest('hex')",
  ],
  ['crypto.Hmac', "'md5', 'k'", "o.update('a').digest('hex') + o.digest('hex') + o.digest().length"],
  ['crypto.KeyObject', "'secret', {}", 'o.type'],
  ['crypto.KeyObject', "'other', {}", 'o.type'],
  ['crypto.Sign', "'sha256'", "o.update('a') === o"],
  ['crypto.Verify', "'sha256'", "o.update('a') === o"],
  ['crypto.X509Certificate', "'x'", 'o.subject'],
  ...((crypto as unknown as { default: object }).default.hasOwnProperty('Cipher')
    ? ([
        ['crypto.Cipher', "'aes-128-cbc', 'p'", "o.update('a', 'utf8', 'hex') + o.final('hex')"],
        ['crypto.Decipher', "'aes-128-cbc', 'p'", 'o.setAutoPadding(false) === o'],
      ] as const)
    : []),
  ...[
    'Deflate',
    'Inflate',
    'Gzip',
    'Gunzip',
    'DeflateRaw',
    'InflateRaw',
    'Unzip',
    'BrotliCompress',
    'BrotliDecompress',
  ].flatMap((name) => [
    [
      `zlib.${name}`,
      '',
      '[o.constructor.name, o._closed, o._chunkSize, o._level, o._writeState.length, typeof o._handle.writeSync, typeof o.params]',
    ] as const,
    [
      `zlib.${name}`,
      '{ chunkSize: 128, finishFlush: 2, info: true }',
      '[o._chunkSize, o._outBuffer.length, o._outOffset, o._finishFlushFlag, o._defaultFlushFlag, o._defaultFullFlushFlag, o._info, o.bytesWritten]',
    ] as const,
    [`zlib.${name}`, '{ chunkSize: 3 }', 'o'] as const,
    [`zlib.${name}`, '5', 'o._chunkSize'] as const,
  ]),
];

/** Ways to construct that packages use. `C` is the class, `o` the object. */
const WAYS: Readonly<Record<string, (args: string) => string>> = {
  'with new': (args) => `const o = new C(${args})`,
  'without new': (args) => `const o = C(${args})`,
  'by util.inherits': (args) =>
    `function D() { C.call(this${args && `, ${args}`}); this.own = 1 } require('util').inherits(D, C); const o = new D(); if (o.own !== 1) throw new Error('lost')`,
  'by Object.create': (args) =>
    `function D() { const made = C.apply(this, [${args}]); return made } D.prototype = Object.create(C.prototype); const o = new D()`,
  'by class extends': (args) => `class D extends C { get mine() { return 1 } } const o = new D(${args})`,
  'by Reflect.construct': (args) => `class D extends C {} const o = Reflect.construct(C, [${args}], D)`,
};

describe('a class of a builtin', () => {
  const cases = CLASSES.flatMap(([name, args, use]) =>
    Object.entries(WAYS).map(([way, make]) => ({
      title: `${name}(${args}) ${way}`,
      expression: `(() => { const C = require('${name.split('.')[0]}').${name.split('.')[1]}; ${make(args)}; return [o instanceof C, Object.getPrototypeOf(o) === C.prototype, ${use}] })()`,
    })),
  );
  same(cases);
});

describe('a function of a builtin, called with new', () => {
  same(
    [
      "new crypto.createHash('md5').update('a').digest('hex')",
      "new crypto.createHmac('md5', 'k').update('a').digest('hex')",
      "(() => { const c = new crypto.createCipheriv('aes-128-cbc', Buffer.alloc(16), Buffer.alloc(16)); return c.update('a', 'utf8', 'hex') + c.final('hex') })()",
      "new crypto.createSign('sha256') instanceof crypto.Sign",
      "new crypto.createVerify('sha256') instanceof crypto.Verify",
      "new crypto.createECDH('secp256k1') instanceof crypto.ECDH",
      "new crypto.createDiffieHellmanGroup('modp5') instanceof crypto.DiffieHellmanGroup",
      "new crypto.getDiffieHellman('modp5').constructor.name",
      "new crypto.createSecretKey(Buffer.from('a')).type",
      'new crypto.randomBytes(4).length',
      "new crypto.pbkdf2Sync('a', 'b', 1, 4, 'sha1').toString('hex')",
      "new crypto.scryptSync('a', 'b', 4, { N: 2 }).toString('hex')",
      'new zlib.createGzip().constructor.name',
      'new zlib.createInflate() instanceof zlib.Inflate',
      "new zlib.gzipSync('a').length",
      'new crypto.getRandomValues(new Uint8Array(3)).length',
    ].map((expression) => ({
      title: expression,
      expression: `(() => { const crypto = require('crypto'), zlib = require('zlib'); return ${expression} })()`,
    })),
  );
});

/** What packages do with the insides of Node's streams: pngjs, minizlib, tar. */
describe('the insides of a stream of zlib', () => {
  const bomb = "require('zlib').deflateSync(Buffer.alloc(100000, 'ab'))";
  same(
    [
      `(() => { const z = new (require('zlib').Inflate)(); z.on('error', () => {}); const b = ${bomb}; z._handle.writeSync(4, b, 0, b.length, z._outBuffer, 0, z._chunkSize); return [...z._writeState, z._outBuffer.subarray(0, 6).toString()] })()`,
      `(() => { const z = new (require('zlib').Inflate)(); return [z._processChunk(${bomb}, 4).length, z._handle, z._closed, z.bytesWritten] })()`,
      `(() => { const z = new (require('zlib').Inflate)(); z.on('error', () => {}); try { z._processChunk(Buffer.from('garbage'), 4) } catch (e) { return [e.message, e.code, e.errno, z.destroyed] } })()`,
      `(() => { const z = new (require('zlib').Deflate)(); const handle = z._handle; const { close } = handle; handle.close = () => {}; const first = Buffer.from(z._processChunk(Buffer.from('hello '), 0)); z._handle = handle; const last = z._processChunk(Buffer.from('world'), 4); handle.close = close; return require('zlib').inflateSync(Buffer.concat([first, last])).toString() })()`,
      `(() => { const z = new (require('zlib').Deflate)(); z.reset(); z.close(); return [z._handle, z.destroyed] })()`,
      `(() => { const z = new (require('zlib').Deflate)(); z.close(); z.reset() })()`,
      `new Promise((r) => { const z = new (require('zlib').Inflate)({ chunkSize: 64 }); const sizes = []; z.on('data', (d) => sizes.push(d.length)).on('end', () => r([sizes.length, sizes[0], sizes.at(-1), z.bytesWritten])); z.end(${bomb}) })`,
      `new Promise((r) => { const z = new (require('zlib').Inflate)({ highWaterMark: 100 }); z.end(${bomb}); setTimeout(() => { const at = z.readableLength; z.resume().on('end', () => r([at, z.bytesWritten])) }, 20) })`,
      `new Promise((r) => { const z = require('zlib').createInflate(); let n = 0; z.on('data', (d) => { n += d.length }).on('end', () => r([n, z.bytesWritten])); const b = ${bomb}; z.write(Buffer.concat([b, Buffer.from('trailing')])); z.end() })`,
      `new Promise((r) => { const z = require('zlib').createGzip({ level: 1 }); z.on('data', () => {}); z.params(9, 2, () => r([z._level, z._strategy])) })`,
      `new Promise((r) => { const z = require('zlib').createGzip(); z.params(99, 0, r) })`,
      `new Promise((r) => { const z = require('zlib').createGzip(); z.params('x', 0, r) })`,
      `new Promise((r) => { const z = require('zlib').createDeflate(); z.on('data', () => {}); z.write('a'); z.end(); z.flush(() => r('flushed')) })`,
      `new Promise((r) => { const z = require('zlib').createUnzip(); z.on('error', (e) => r([e.message, e.code, e.errno, Object.keys(e)])); z.write('not compressed') ; z.end() })`,
      `(() => { const z = new (require('zlib').Inflate)({ maxOutputLength: 50 }); z._processChunk(${bomb}, 4) })()`,
      `new Promise((r) => { const c = new CompressionStream('gzip'); const w = c.writable.getWriter(); w.write(new Uint8Array(100000)); w.close(); new Response(c.readable).arrayBuffer().then((b) => r(require('zlib').gunzipSync(Buffer.from(b)).length)) })`,
    ].map((expression) => ({ title: expression, expression })),
  );
});

/** Compares values, and errors by class, code and message. */
function same(cases: readonly { readonly title: string; readonly expression: string }[]): void {
  const described = cases.map(
    ({ expression }) =>
      `(async () => { try { return await (0, eval)(${JSON.stringify(expression)}) } catch (error) { return ['threw', error.name, error.code] } })()`,
  );
  const inContext = runWithModules([], described);
  const inNode = evaluatedByNode(described);
  it.each(cases.map(({ title }, index) => ({ title, index })))('is as in Node: $title', ({ index }) => {
    expect(inContext[index]?.error).toBeUndefined();
    expect(inContext[index]?.ok ?? null).toEqual(inNode[index]);
  });
}

describe('hashes by the hundred thousand', () => {
  const [kept, dropped, held] = runWithModules(
    [],
    [
      `(() => { const { createHash } = require('crypto'); const kept = []; for (let i = 0; i < 100_000; i++) kept.push(createHash('md5').update('a' + i)); return kept.at(-1).digest('hex') })()`,
      `(() => { const { createHash } = require('crypto'); let last; for (let i = 0; i < 300_000; i++) last = createHash('md5').update('a' + i); return last.digest('hex') })()`,
      `(() => { const { createHash } = require('crypto'); const kept = []; try { for (let i = 0; i < 70_000; i++) kept.push(createHash('shake128', { outputLength: 4 })) } catch (error) { return error.message } })()`,
    ],
  );

  it('cost the host nothing while they wait for their digest', () => {
    expect(kept?.ok).toBe(crypto.createHash('md5').update('a99999').digest('hex'));
    expect(dropped?.ok).toBe(crypto.createHash('md5').update('a299999').digest('hex'));
  });

  it('are refused where the host holds too many', () => {
    expect(held?.ok).toMatch(/^more than 65536 /);
  });
});
