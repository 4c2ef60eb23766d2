import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { until } from '../../../../support/until.js';
import { NodeHost } from '../../../../../src/sandbox/runner/native/index.js';

interface Reply {
  readonly value?: unknown;
  readonly error?: { readonly name: string; readonly message: string; readonly more: { code?: string } };
  readonly ticket?: number;
}

const settledLate = (): void => undefined;
const ask = (host: NodeHost, operation: string, args: unknown, bytes = ''): Reply => {
  const reply = host.lend('call', operation, JSON.stringify(args), Buffer.from(bytes, 'latin1'));
  return JSON.parse(String(reply ?? host.lend('failure')));
};
const handleOf = ({ value }: Reply): unknown => (Array.isArray(value) ? value[1] : undefined);

describe('the host of Node functions', () => {
  it('answers with text whatever the texts of a call are', () => {
    const host = new NodeHost(settledLate);
    const operations = ask(host, 'operations', []).value as string[];
    const slow = /generate|Prime|createDiffieHellman$|scrypt|pbkdf2|argon2|derive/;
    const quick = operations.slice(1).filter((name) => !slow.test(name));
    const atom = fc.oneof(
      fc.constantFrom('sha256', 'md5', 'aes-128-gcm', 'rsa', 'P-256', 'hex', 'pem', 'jwk', 'utf8', ''),
      fc.constantFrom(0, 1, -1, 16, 1.5, 2 ** 31, 2 ** 32, 2 ** 53, null, true),
      fc.constantFrom(['u'], ['n', 'NaN'], ['i', '7'], ['f'], ['b', 0, 16], ['b', 60, 16], ['s', 0, 8]),
      fc.constantFrom(['k', 1], ['c', 1], ['h', 1], ['a'], ['q'], [[]], { key: ['b', 0, 16], format: 'der' }),
      fc.json().map((text): unknown => JSON.parse(text)),
    );
    fc.assert(
      fc.property(fc.constantFrom(...quick), fc.array(atom, { maxLength: 6 }), (name, args) => {
        const reply = ask(host, name, args, '\u0001'.repeat(64));
        expect(Object.keys(reply)).toEqual(
          expect.arrayContaining([expect.stringMatching(/^(?:value|error|ticket)$/)]),
        );
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    '',
    'toString',
    '__proto__',
    'constructor',
    'crypto.setEngine',
    'crypto.setFips',
    'zlib.constructor',
  ])('has no operation %j', (name) => {
    expect(ask(new NodeHost(settledLate), name, []).error?.name).toBe('TypeError');
  });

  it('answers parameters that a compressing stream cannot have with an error, and goes on', async () => {
    const host = new NodeHost(settledLate);
    for (const [level, strategy] of [
      [2 ** 31, 0],
      [-2, 0],
      [1, 99],
      [1, -1],
    ]) {
      const handle = handleOf(ask(host, 'zlib.create.Deflate', [{}]));
      expect(ask(host, 'zlib.params', [handle, level, strategy]).error?.message).toMatch(/parameters/);
      await new Promise(setImmediate);
    }
    const handle = handleOf(ask(host, 'zlib.create.Deflate', [{}]));
    expect(ask(host, 'zlib.params', [handle, 9, 0]).error).toBeUndefined();
  });

  it('knows no handle of another context', () => {
    const [one, other] = [new NodeHost(settledLate), new NodeHost(settledLate)];
    const handle = handleOf(ask(one, 'crypto.createHash', ['sha256']));
    expect(handle).toBe(1);
    expect(ask(other, 'crypto.hash.update', [handle, 'a']).error?.message).toMatch(/unknown handle/);
    expect(ask(one, 'crypto.hash.update', [handle, 'a']).error).toBeUndefined();
  });

  it('takes no object of another kind', () => {
    const host = new NodeHost(settledLate);
    const hash = handleOf(ask(host, 'crypto.createHash', ['sha256']));
    const messages = [
      ask(host, 'zlib.reset', [hash]),
      ask(host, 'crypto.sign.sign', [hash, 'x']),
      ask(host, 'crypto.key.export', [['k', hash]]),
      ask(host, 'crypto.x509.checkHost', [['h', hash], 'a']),
    ].map(({ error }) => error?.message);
    expect(messages).toEqual(Array.from({ length: 4 }, () => 'unknown handle'));
  });

  it('holds no more objects than it says', () => {
    const host = new NodeHost(settledLate);
    let reply: Reply = {};
    for (let count = 0; count <= 65_536 && reply.error === undefined; count++)
      reply = ask(host, 'crypto.createHash', ['md5']);
    expect(reply.error?.name).toBe('RangeError');
    host.lend('drop', 1);
    expect(ask(host, 'crypto.createHash', ['md5']).error).toBeUndefined();
  });

  it('gives no more than 128 MiB of a bomb', () => {
    const host = new NodeHost(settledLate);
    const bomb = gzipSync(Buffer.alloc(140_000_000), { level: 1 }).toString('latin1');
    const { error } = ask(host, 'zlib.gunzipSync', [['b', 0, bomb.length]], bomb);
    expect(error?.more.code).toBe('ERR_BUFFER_TOO_LARGE');
  });

  it('tells nobody of a call that outlives its context, and when the last one is over', async () => {
    let settled = 0;
    const host = new NodeHost(() => (settled += 1));
    expect(ask(host, 'crypto.later.pbkdf2', ['a', 'b', 1000, 32, 'sha256']).ticket).toBe(1);
    let quiet = 0;
    host.close(() => (quiet += 1));
    expect(quiet).toBe(0);
    await until(() => quiet > 0);
    expect({ quiet, settled }).toEqual({ quiet: 1, settled: 0 });
  });

  it('is quiet at once where nothing is under way, and never after a stack overflow', () => {
    let quiet = 0;
    new NodeHost(settledLate).close(() => (quiet += 1));
    expect(quiet).toBe(1);
    const host = new NodeHost(settledLate);
    const overflown = (): void => {
      host.lend('call', 'crypto.createHash', '["sha256"]');
      overflown();
    };
    expect(overflown).toThrow('Maximum call stack');
    host.close(() => (quiet += 1));
    expect(quiet).toBe(1);
  });
});
