import * as crypto from 'node:crypto';
import { isCertificate, isKey } from './decode.js';
import { Stateful } from './encode.js';
import type { Handles } from './handles.js';
import { type AnyFunction, type Operation, type Operations, named, now } from './operation.js';

type Class = abstract new (...args: never[]) => object;

/** A kind of object with state: how one is made, and what can be called on it. */
interface Kind {
  readonly makers: readonly string[];
  readonly isRight: (object: object) => object is object;
  readonly methods: readonly string[];
  /** What a script can read of a new one. */
  readonly facts?: (object: object) => unknown;
}

/** Whether it is an object of one of these classes, which Node's types know in part, and some as no classes. */
function of(...names: readonly string[]): Kind['isRight'] {
  const classes = names.map(
    (name) => (crypto as unknown as Readonly<Record<string, Class | undefined>>)[name],
  );
  return (object): object is object => classes.some((kind) => kind !== undefined && object instanceof kind);
}

const isHash = of('Hash');

const EXCHANGE = ['generateKeys', 'computeSecret', 'getPublicKey', 'getPrivateKey', 'setPrivateKey'] as const;

const KINDS: Readonly<Record<string, Kind>> = {
  hash: { makers: ['createHash'], isRight: isHash, methods: ['update', 'digest'] },
  hmac: { makers: ['createHmac'], isRight: of('Hmac'), methods: ['update', 'digest'] },
  cipher: {
    makers: ['createCipheriv', 'createDecipheriv'],
    isRight: of('Cipheriv', 'Decipheriv'),
    methods: ['update', 'final', 'setAutoPadding', 'getAuthTag', 'setAuthTag', 'setAAD'],
  },
  sign: { makers: ['createSign'], isRight: of('Sign'), methods: ['update', 'sign'] },
  verify: { makers: ['createVerify'], isRight: of('Verify'), methods: ['update', 'verify'] },
  dh: {
    makers: ['createDiffieHellman', 'createDiffieHellmanGroup'],
    isRight: of('DiffieHellman', 'DiffieHellmanGroup'),
    methods: [...EXCHANGE, 'getPrime', 'getGenerator', 'setPublicKey'],
    facts: (object) => ({ verifyError: (object as { verifyError: unknown }).verifyError }),
  },
  ecdh: { makers: ['createECDH'], isRight: of('ECDH'), methods: EXCHANGE },
  key: { makers: [], isRight: isKey, methods: ['export', 'equals', 'toCryptoKey'] },
  x509: {
    makers: [],
    isRight: isCertificate,
    methods: ['checkEmail', 'checkHost', 'checkIP', 'checkIssued', 'checkPrivateKey', 'verify'],
  },
};

/** An object is the first argument of its methods; a method that gives the object itself gives `undefined`. */
export const CRYPTO_OBJECTS: Operations = Object.assign(
  {
    'crypto.X509Certificate': now(([source]) => new crypto.X509Certificate(source as string)),
    'crypto.x509.publicKey': now(
      ([given], handles) => (receiver(given, isCertificate, handles) as crypto.X509Certificate).publicKey,
    ),
    'crypto.hash.copy': now(
      ([handle, options], handles) =>
        new Stateful((handles.get(handle, isHash) as crypto.Hash).copy(options as crypto.HashOptions)),
    ),
    'crypto.convertKey': now((args) => (crypto.ECDH.convertKey as AnyFunction)(...args)),
    'crypto.keyFrom': now(([key]) => crypto.KeyObject.from(key as crypto.webcrypto.CryptoKey)),
    drop: now(([handle], handles) => handles.drop(handle)),
  },
  ...Object.entries(KINDS).map(([name, kind]) => operationsOf(name, kind)),
) as Operations;

function operationsOf(name: string, { makers, isRight, methods, facts }: Kind): Operations {
  const made = named('crypto', makers, crypto, (make) =>
    now((args) => {
      const object = make(...args) as object;
      return new Stateful(object, facts?.(object));
    }),
  );
  const called: Record<string, Operation> = {};
  for (const method of methods) {
    called[`crypto.${name}.${method}`] = now(([handle, ...args], handles) => {
      const result = callOn(receiver(handle, isRight, handles), method, args);
      // Nothing can be done with it after.
      if (method === 'digest') handles.drop(handle);
      return result;
    });
  }
  return { ...made, ...called };
}

/** Keys and certificates come as arguments do, all else by its handle. */
function receiver(given: unknown, isRight: Kind['isRight'], handles: Handles): object {
  return typeof given === 'object' && given !== null && isRight(given) ? given : handles.get(given, isRight);
}

function callOn(object: object, method: string, args: readonly unknown[]): unknown {
  const call = (object as Readonly<Record<string, unknown>>)[method];
  if (typeof call !== 'function') throw new TypeError(`this Node has no ${method} here`);
  const result: unknown = Reflect.apply(call, object, args);
  return result === object ? undefined : result;
}
