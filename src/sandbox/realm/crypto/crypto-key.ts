import { TAG } from '../../boundary/native-operations.js';
import { native } from '../kit/native-calls.js';

interface Facts {
  readonly type: string;
  readonly extractable: boolean;
  readonly algorithm: unknown;
  readonly usages: readonly string[];
}

const facts = new WeakMap<object, Facts>();

/** The standard's `CryptoKey`: a key of Node's, which this one stands for. */
export class CryptoKey {
  constructor() {
    throw Object.assign(new TypeError('Illegal constructor'), { code: 'ERR_ILLEGAL_CONSTRUCTOR' });
  }

  get type(): string {
    return factsOf(this).type;
  }

  get extractable(): boolean {
    return factsOf(this).extractable;
  }

  get algorithm(): unknown {
    return factsOf(this).algorithm;
  }

  get usages(): string[] {
    return [...factsOf(this).usages];
  }

  get [Symbol.toStringTag](): string {
    return 'CryptoKey';
  }
}

export const isCryptoKey = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && facts.has(value);

function factsOf(key: object): Facts {
  const found = facts.get(key);
  if (found === undefined)
    throw Object.assign(new TypeError('Illegal invocation'), { code: 'ERR_INVALID_THIS' });
  return found;
}

native.makers.cryptoKey = (handle, known) => {
  const key = Object.create(CryptoKey.prototype) as CryptoKey;
  facts.set(key, known);
  native.written.set(key, () => [TAG.cryptoKey, handle]);
  native.track(key, handle);
  return key;
};
