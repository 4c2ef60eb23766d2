import crypto from 'node:crypto';
import { CRYPTO_OBJECTS } from '../../boundary/node-functions.js';
import { isCertificate, isKey } from './decode.js';
import { Stateful } from './encode.js';
import type { Handles } from './handles.js';
import { type AnyFunction, type Operation, type Operations, now, operationsOf } from './operation.js';

type Class = abstract new (...args: never[]) => object;

/** A kind of object with state. */
interface Kind {
  readonly isRight: (object: object) => object is object;
  /** What a script can read of a new one. */
  readonly facts?: (object: object) => unknown;
}

/** A check for objects of these classes of `node:crypto`; Node's types have only some of them. */
function of(...names: readonly string[]): Kind['isRight'] {
  const classes = names.map(
    (name) => (crypto as unknown as Readonly<Record<string, Class | undefined>>)[name],
  );
  return (object): object is object => classes.some((kind) => kind !== undefined && object instanceof kind);
}

const isHash = of('Hash');
export const isCipher = of('Cipheriv', 'Decipheriv', 'Cipher', 'Decipher');

const KINDS: Readonly<Record<keyof typeof CRYPTO_OBJECTS, Kind>> = {
  hash: { isRight: isHash },
  hmac: { isRight: of('Hmac') },
  cipher: { isRight: isCipher },
  sign: { isRight: of('Sign') },
  verify: { isRight: of('Verify') },
  dh: {
    isRight: of('DiffieHellman', 'DiffieHellmanGroup'),
    facts: (object) => ({ verifyError: (object as { verifyError: unknown }).verifyError }),
  },
  ecdh: { isRight: of('ECDH') },
  key: { isRight: isKey },
  x509: { isRight: isCertificate },
};

/** The first argument of a method is its object. A method that returns its object returns `undefined` here. */
export const CRYPTO_OBJECT_OPERATIONS: Operations = Object.assign(
  {
    'crypto.X509Certificate': now(([source]) => new crypto.X509Certificate(source as string)),
    'crypto.x509.issuerCertificate': now(
      ([given], handles) =>
        (receiver(given, isCertificate, handles) as crypto.X509Certificate).issuerCertificate,
    ),
    'crypto.x509.publicKey': now(
      ([given], handles) => (receiver(given, isCertificate, handles) as crypto.X509Certificate).publicKey,
    ),
    'crypto.hash.copy': now(
      ([handle, options], handles) =>
        new Stateful((handles.get(handle, isHash) as crypto.Hash).copy(options as crypto.HashOptions)),
    ),
    'crypto.convertKey': now((args) => (crypto.ECDH.convertKey as AnyFunction)(...args)),
    'crypto.sameCryptoKey': now(([one, other]) => {
      const [a, b] = [one, other].map((key) => crypto.KeyObject.from(key as crypto.webcrypto.CryptoKey));
      return b !== undefined && a?.equals(b);
    }),
    'crypto.keyFrom': now(([key]) => crypto.KeyObject.from(key as crypto.webcrypto.CryptoKey)),
  } satisfies Operations,
  ...(Object.keys(KINDS) as (keyof typeof KINDS)[]).map((name) => operationsOn(name, KINDS[name])),
);

function operationsOn(name: keyof typeof KINDS, { isRight, facts }: Kind): Operations {
  const { makers, methods } = CRYPTO_OBJECTS[name];
  const made = operationsOf('crypto', makers, crypto, (make) =>
    now((args) => {
      const object = make(...args) as object;
      return new Stateful(object, facts?.(object));
    }),
  );
  const called: Record<string, Operation> = {};
  for (const method of methods) {
    called[`crypto.${name}.${method}`] = now(([handle, ...args], handles) => {
      const result = callOn(receiver(handle, isRight, handles), method, args);
      // A digest ends the object.
      if (method === 'digest') handles.drop(handle);
      return result;
    });
  }
  return { ...made, ...called };
}

/** Keys and certificates are decoded like other arguments; other objects are sent as handles. */
function receiver(given: unknown, isRight: Kind['isRight'], handles: Handles): object {
  return typeof given === 'object' && given !== null && isRight(given) ? given : handles.get(given, isRight);
}

function callOn(object: object, method: string, args: readonly unknown[]): unknown {
  const call = (object as Readonly<Record<string, unknown>>)[method];
  if (typeof call !== 'function')
    throw new TypeError(`${method} is not supported by this version of Node.js`);
  const result: unknown = Reflect.apply(call, object, args);
  return result === object ? undefined : result;
}
