import { accessDenied } from '../../boundary/coded-errors.js';
import { SPKAC_FUNCTIONS } from '../../boundary/node-functions.js';
import { defineHidden, defineReadOnly } from '../kit/define.js';
import { native } from '../kit/native-calls.js';
import { part } from '../kit/parts.js';
import { X509Certificate } from '../crypto/certificate.js';
import { Cipheriv, Decipheriv } from '../crypto/cipher.js';
import { DiffieHellman, DiffieHellmanGroup, ECDH } from '../crypto/diffie-hellman.js';
import { cryptoFunctions } from '../crypto/functions.js';
import { Hash, Hmac } from '../crypto/hash.js';
import { KeyObject } from '../crypto/keys.js';
import { getRandomValues, randomFill, randomFillSync } from '../crypto/random.js';
import { Sign, Verify } from '../crypto/signature.js';

const certificate = (name: (typeof SPKAC_FUNCTIONS)[number]) => (spkac: unknown, encoding?: unknown) =>
  native.call(`crypto.certificate.${name}`, spkac, encoding);

const spkac = Object.fromEntries(SPKAC_FUNCTIONS.map((name) => [name, certificate(name)]));
/** Node's Certificate, for SPKAC: it can be called with or without `new`, and has the functions itself, too. */
const Certificate = Object.assign(function Certificate(): object {
  return Object.create(spkac) as object;
}, spkac);
Certificate.prototype = spkac;

const { crypto: webcrypto } = part('webcrypto');

function forbidden(name: string) {
  return (): never => {
    throw accessDenied(`crypto.${name}`);
  };
}

const getDiffieHellman = (name: unknown) => new DiffieHellmanGroup(name);

const functions = cryptoFunctions();
const { randomBytes } = functions;

const crypto = {
  ...functions,
  createCipheriv: (...args: unknown[]) => new Cipheriv(...args),
  createDecipheriv: (...args: unknown[]) => new Decipheriv(...args),
  createDiffieHellman: (...args: unknown[]) => new DiffieHellman(...args),
  createDiffieHellmanGroup: getDiffieHellman,
  getDiffieHellman,
  createECDH: (curve: unknown) => new ECDH(curve),
  createHash: (algorithm: unknown, options?: unknown) => new Hash(algorithm, options),
  createHmac: (algorithm: unknown, key: unknown, options?: unknown) => new Hmac(algorithm, key, options),
  createSign: (algorithm: unknown, options?: unknown) => new Sign(algorithm, options),
  createVerify: (algorithm: unknown, options?: unknown) => new Verify(algorithm, options),
  randomFill,
  randomFillSync,
  getRandomValues,
  Certificate,
  Cipheriv,
  Decipheriv,
  DiffieHellman,
  DiffieHellmanGroup,
  ECDH,
  Hash,
  Hmac,
  KeyObject,
  Sign,
  Verify,
  X509Certificate,
  constants: native.call('crypto.constants'),
  webcrypto,
  subtle: webcrypto.subtle,
  getFips: () => 0,
  setFips: forbidden('setFips'),
  setEngine: forbidden('setEngine'),
  secureHeapUsed: () => ({ total: 0, used: 0, utilization: 0, min: 0 }),
};

// Deprecated names, which are not enumerable.
for (const name of ['prng', 'pseudoRandomBytes', 'rng']) defineHidden(crypto, name, randomBytes);
defineReadOnly(crypto, 'fips', false);

/** Node's own algorithms, called across the edge of the context: see `runner/native`. */
export default crypto;
