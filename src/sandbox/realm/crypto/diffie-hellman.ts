import type { OperationName } from '../../boundary/node-functions.js';
import { native } from '../kit/native-calls.js';
import { type CallableClass, oldClass, privateState } from '../kit/old-class.js';
import { define, defineConstant } from '../kit/define.js';
import type { Held } from '../kit/wire-decode.js';

type Created = 'crypto.createDiffieHellman' | 'crypto.createDiffieHellmanGroup' | 'crypto.createECDH';
type DhArgs = [sizeOrKey: unknown, keyEncoding?: unknown, generator?: unknown, genEncoding?: unknown];

/** Handles of key exchanges in the runner. */
const handles = privateState<number>();

function open(owner: object, operation: Created, args: readonly unknown[]): void {
  const { handle, facts } = native.call(operation, ...args) as Held;
  native.track(owner, handle);
  handles.give(owner, handle);
  const { verifyError } = (facts ?? {}) as { readonly verifyError?: unknown };
  if (operation !== 'crypto.createECDH') defineConstant(owner, 'verifyError', verifyError, true);
}

function call(owner: object, operation: OperationName, ...args: unknown[]): unknown {
  return native.call(operation, handles.of(owner), ...args);
}

const groupMethods = {
  generateKeys(this: object, encoding?: unknown): unknown {
    return call(this, 'crypto.dh.generateKeys', encoding);
  },
  computeSecret(this: object, key: unknown, inputEncoding?: unknown, outputEncoding?: unknown): unknown {
    return call(this, 'crypto.dh.computeSecret', key, inputEncoding, outputEncoding);
  },
  getPrime(this: object, encoding?: unknown): unknown {
    return call(this, 'crypto.dh.getPrime', encoding);
  },
  getGenerator(this: object, encoding?: unknown): unknown {
    return call(this, 'crypto.dh.getGenerator', encoding);
  },
  getPublicKey(this: object, encoding?: unknown): unknown {
    return call(this, 'crypto.dh.getPublicKey', encoding);
  },
  getPrivateKey(this: object, encoding?: unknown): unknown {
    return call(this, 'crypto.dh.getPrivateKey', encoding);
  },
};

/** A group that is known by name; its keys cannot be set. */
export const DiffieHellmanGroup: CallableClass<[name: unknown], object> = oldClass<[name: unknown], object>(
  'DiffieHellmanGroup',
  function (name) {
    if (!(this instanceof DiffieHellmanGroup)) return new DiffieHellmanGroup(name);
    open(this, 'crypto.createDiffieHellmanGroup', [name]);
    return undefined;
  },
  groupMethods,
);

export const DiffieHellman: CallableClass<DhArgs, object> = oldClass<DhArgs, object>(
  'DiffieHellman',
  function (sizeOrKey, keyEncoding, generator, genEncoding) {
    const args: DhArgs = [sizeOrKey, keyEncoding, generator, genEncoding];
    if (!(this instanceof DiffieHellman)) return new DiffieHellman(...args);
    open(this, 'crypto.createDiffieHellman', args);
    return undefined;
  },
  {
    ...groupMethods,
    setPublicKey(this: object, key: unknown, encoding?: unknown): unknown {
      call(this, 'crypto.dh.setPublicKey', key, encoding);
      return this;
    },
    setPrivateKey(this: object, key: unknown, encoding?: unknown): unknown {
      call(this, 'crypto.dh.setPrivateKey', key, encoding);
      return this;
    },
  },
);

export const ECDH: CallableClass<[curve: unknown], object> = oldClass<[curve: unknown], object>(
  'ECDH',
  function (curve) {
    if (!(this instanceof ECDH)) return new ECDH(curve);
    open(this, 'crypto.createECDH', [curve]);
    return undefined;
  },
  {
    computeSecret(this: object, key: unknown, inputEncoding?: unknown, outputEncoding?: unknown): unknown {
      return call(this, 'crypto.ecdh.computeSecret', key, inputEncoding, outputEncoding);
    },
    setPrivateKey(this: object, key: unknown, encoding?: unknown): unknown {
      call(this, 'crypto.ecdh.setPrivateKey', key, encoding);
      return this;
    },
    setPublicKey(this: object, key: unknown, encoding?: unknown): unknown {
      call(this, 'crypto.ecdh.setPublicKey', key, encoding);
      return this;
    },
    getPrivateKey(this: object, encoding?: unknown): unknown {
      return call(this, 'crypto.ecdh.getPrivateKey', encoding);
    },
    generateKeys(this: object, encoding?: unknown, format?: unknown): unknown {
      return call(this, 'crypto.ecdh.generateKeys', encoding, format);
    },
    getPublicKey(this: object, encoding?: unknown, format?: unknown): unknown {
      return call(this, 'crypto.ecdh.getPublicKey', encoding, format);
    },
  },
);
function convertKey(
  key: unknown,
  curve: unknown,
  inputEncoding?: unknown,
  outputEncoding?: unknown,
  format?: unknown,
): unknown {
  return native.call('crypto.convertKey', key, curve, inputEncoding, outputEncoding, format);
}
define(ECDH, 'convertKey', convertKey);
