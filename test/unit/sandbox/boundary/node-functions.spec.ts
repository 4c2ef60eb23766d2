/** The lists of Node's functions that both sides of the boundary use, against the running Node. */
import crypto from 'node:crypto';
import { posix, win32 } from 'node:path';
import * as util from 'node:util';
import * as zlib from 'node:zlib';
import {
  CRYPTO_CALLBACK,
  CRYPTO_OBJECTS,
  CRYPTO_OPTIONAL_CALLBACK,
  CRYPTO_SYNC,
  PATH_FUNCTIONS,
  SPKAC_FUNCTIONS,
  SUBTLE_METHODS,
  UTIL_FUNCTIONS,
  X509_FIELDS,
  ZLIB_CLASSES,
  zlibFunction,
} from '../../../../src/sandbox/boundary/node-functions.js';
import { OPERATIONS } from '../../../../src/sandbox/runner/native/operations.js';

/** Names of newer Nodes. */
const NEW =
  /^(?:argon2|decapsulate|encapsulate|getPublicKey|hash$|matchesGlob|parseEnv|randomUUIDv7|Zstd|zstd|getSystemErrorMessage|signatureAlgorithm)/;

/** Names of older ones. */
const OLD = /^create(?:Ci|Deci)pher$/;

const has = (object: object, name: string) => NEW.test(name) || OLD.test(name) || name in object;

describe('a list of functions', () => {
  it.each([
    ['crypto', [...CRYPTO_SYNC, ...CRYPTO_CALLBACK, ...CRYPTO_OPTIONAL_CALLBACK], crypto],
    [
      'crypto, that make objects',
      Object.values(CRYPTO_OBJECTS).flatMap(({ makers }): readonly string[] => makers),
      crypto,
    ],
    ['crypto.Certificate', SPKAC_FUNCTIONS, crypto.Certificate],
    ['X509Certificate', X509_FIELDS, crypto.X509Certificate.prototype],
    ['X509Certificate, to call', CRYPTO_OBJECTS.x509.methods, crypto.X509Certificate.prototype],
    ['crypto.subtle', Object.keys(SUBTLE_METHODS), crypto.webcrypto.subtle],
    ['zlib', ZLIB_CLASSES, zlib],
    [
      'zlib, of classes',
      ZLIB_CLASSES.flatMap((kind) => [zlibFunction(kind), `${zlibFunction(kind)}Sync`]),
      zlib,
    ],
    ['path.posix', PATH_FUNCTIONS, posix],
    ['path.win32', PATH_FUNCTIONS, win32],
    ['util', UTIL_FUNCTIONS, util],
  ])('has only names that Node has: %s', (_, names, object) => {
    expect(names.filter((name) => !has(object, name))).toEqual([]);
  });

  it('has the length of each method of SubtleCrypto', () => {
    const { subtle } = crypto.webcrypto as unknown as {
      subtle: Record<string, { length: number } | undefined>;
    };
    const known = Object.entries(SUBTLE_METHODS).filter(([name]) => subtle[name] !== undefined);
    expect(known.map(([name]) => [name, subtle[name]?.length])).toEqual(known);
  });

  it('leads to an operation of the runner for each name that Node has', () => {
    const names = [...CRYPTO_SYNC, ...CRYPTO_OPTIONAL_CALLBACK].filter((name) => name in crypto);
    expect(names.filter((name) => OPERATIONS[`crypto.${name}`] === undefined)).toEqual([]);
    const later = [...CRYPTO_CALLBACK, ...CRYPTO_OPTIONAL_CALLBACK].filter((name) => name in crypto);
    expect(later.filter((name) => OPERATIONS[`crypto.later.${name}`] === undefined)).toEqual([]);
  });
});
