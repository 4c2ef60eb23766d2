/**
 * Node's own functions that a script can call across the boundary. The runner offers these and no others, and the realm
 * defines its builtins from the same lists. The runner leaves out a function that the running Node does not have.
 */

/** Functions of `node:crypto` that return their result. */
export const CRYPTO_SYNC = [
  'argon2Sync',
  'checkPrimeSync',
  'createPrivateKey',
  'createPublicKey',
  'createSecretKey',
  'generateKeyPairSync',
  'generateKeySync',
  'generatePrimeSync',
  'getCipherInfo',
  'getCiphers',
  'getCurves',
  'getHashes',
  'hash',
  'hkdfSync',
  'pbkdf2Sync',
  'privateDecrypt',
  'privateEncrypt',
  'publicDecrypt',
  'publicEncrypt',
  'randomUUID',
  'randomUUIDv7',
  'scryptSync',
  'timingSafeEqual',
] as const;

/** Functions of `node:crypto` that require a callback as their last argument. */
export const CRYPTO_CALLBACK = [
  'argon2',
  'checkPrime',
  'generateKey',
  'generateKeyPair',
  'generatePrime',
  'hkdf',
  'pbkdf2',
  'scrypt',
] as const;

/** Functions of `node:crypto` that return their result, or pass it to a callback if the last argument is one. */
export const CRYPTO_OPTIONAL_CALLBACK = [
  'decapsulate',
  'diffieHellman',
  'encapsulate',
  'randomBytes',
  'randomInt',
  'sign',
  'verify',
] as const;

/** Functions of `crypto.Certificate`. */
export const SPKAC_FUNCTIONS = ['exportChallenge', 'exportPublicKey', 'verifySpkac'] as const;

const KEY_EXCHANGE_METHODS = [
  'generateKeys',
  'computeSecret',
  'getPublicKey',
  'getPrivateKey',
  'setPrivateKey',
] as const;

/** Objects of `node:crypto` that stay in the runner: the functions that make one, and its methods. */
export const CRYPTO_OBJECTS = {
  hash: { makers: ['createHash'], methods: ['update', 'digest'] },
  hmac: { makers: ['createHmac'], methods: ['update', 'digest'] },
  cipher: {
    // Node has the last two up to version 21.
    makers: ['createCipheriv', 'createDecipheriv', 'createCipher', 'createDecipher'],
    methods: ['update', 'final', 'setAutoPadding', 'getAuthTag', 'setAuthTag', 'setAAD'],
  },
  sign: { makers: ['createSign'], methods: ['update', 'sign'] },
  verify: { makers: ['createVerify'], methods: ['update', 'verify'] },
  dh: {
    makers: ['createDiffieHellman', 'createDiffieHellmanGroup'],
    methods: [...KEY_EXCHANGE_METHODS, 'getPrime', 'getGenerator', 'setPublicKey'],
  },
  ecdh: { makers: ['createECDH'], methods: [...KEY_EXCHANGE_METHODS, 'setPublicKey'] },
  key: { makers: [], methods: ['export', 'equals', 'toCryptoKey'] },
  x509: {
    makers: [],
    methods: [
      'checkEmail',
      'checkHost',
      'checkIP',
      'checkIssued',
      'checkPrivateKey',
      'verify',
      'toLegacyObject',
    ],
  },
} as const;

/** Properties of an `X509Certificate` that are copied into the context; it computes the two dates itself. */
export const X509_FIELDS = [
  'subject',
  'subjectAltName',
  'issuer',
  'infoAccess',
  'validFrom',
  'validTo',
  'fingerprint',
  'fingerprint256',
  'fingerprint512',
  'keyUsage',
  'serialNumber',
  'signatureAlgorithm',
  'signatureAlgorithmOid',
  'raw',
  'ca',
] as const;

/** Methods of `SubtleCrypto` in the newest Node, each with its `length`. */
export const SUBTLE_METHODS = {
  encrypt: 3,
  decrypt: 3,
  sign: 3,
  verify: 4,
  digest: 2,
  generateKey: 3,
  deriveKey: 5,
  deriveBits: 2,
  importKey: 5,
  exportKey: 2,
  wrapKey: 4,
  unwrapKey: 7,
  getPublicKey: 2,
  encapsulateBits: 2,
  encapsulateKey: 5,
  decapsulateBits: 3,
  decapsulateKey: 6,
} as const;

/** Classes of `node:zlib`; each has a function of its name and a `Sync` one. */
export const ZLIB_CLASSES = [
  'Deflate',
  'Inflate',
  'Gzip',
  'Gunzip',
  'DeflateRaw',
  'InflateRaw',
  'Unzip',
  'BrotliCompress',
  'BrotliDecompress',
  'ZstdCompress',
  'ZstdDecompress',
] as const;

export type ZlibClass = (typeof ZLIB_CLASSES)[number];

/** The function of `node:zlib` for a class: `gunzip` for `Gunzip`. */
export function zlibFunction<C extends ZlibClass>(kind: C): Uncapitalize<C> {
  return (kind.charAt(0).toLowerCase() + kind.slice(1)) as Uncapitalize<C>;
}

/** Functions of `node:path`, of both its flavours. */
export const PATH_FUNCTIONS = [
  'basename',
  'dirname',
  'extname',
  'format',
  'isAbsolute',
  'join',
  'matchesGlob',
  'normalize',
  'parse',
  'relative',
  'resolve',
  'toNamespacedPath',
] as const;

export type PathFunction = (typeof PATH_FUNCTIONS)[number];

/** Functions of `node:util`. */
export const UTIL_FUNCTIONS = ['getSystemErrorName', 'getSystemErrorMessage', 'parseEnv'] as const;

type CryptoObjects = typeof CRYPTO_OBJECTS;
type CryptoKind = keyof CryptoObjects;

/** The name of a call across the boundary. */
export type OperationName =
  | `crypto.${(typeof CRYPTO_SYNC | typeof CRYPTO_OPTIONAL_CALLBACK)[number]}`
  | `crypto.later.${(typeof CRYPTO_CALLBACK | typeof CRYPTO_OPTIONAL_CALLBACK)[number]}`
  | `crypto.certificate.${(typeof SPKAC_FUNCTIONS)[number]}`
  | `crypto.${CryptoObjects[CryptoKind]['makers'][number]}`
  | { [K in CryptoKind]: `crypto.${K}.${CryptoObjects[K]['methods'][number]}` }[CryptoKind]
  | `crypto.${'X509Certificate' | 'constants' | 'convertKey' | 'keyFrom' | 'hash.copy' | 'sameCryptoKey' | 'shape'}`
  | `crypto.x509.${'publicKey' | 'issuerCertificate'}`
  | `subtle.${keyof typeof SUBTLE_METHODS}`
  | `zlib.create.${ZlibClass}`
  | `zlib.${Uncapitalize<ZlibClass>}Sync`
  | `zlib.${'close' | 'codes' | 'constants' | 'crc32' | 'params' | 'reset' | 'shape'}`
  | `path.${'posix' | 'win32'}.${PathFunction}`
  | `util.${(typeof UTIL_FUNCTIONS)[number] | 'getSystemErrorMap'}`
  | 'text.decoder'
  | `url.${'parse' | 'format' | 'resolve' | 'fileURLToPath' | 'pathToFileURL'}`
  | 'constants'
  // Lists the operations that the running Node has.
  | 'operations';
