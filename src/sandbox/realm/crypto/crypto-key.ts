import { coded } from '../../boundary/coded-errors.js';
import { TAG } from '../../boundary/native-operations.js';
import { illegalConstructor } from '../kit/errors.js';
import { native } from '../kit/native-calls.js';
import { type Makers, part } from '../kit/parts.js';

type Facts = Parameters<Makers['cryptoKey']>[1];

const facts = new WeakMap<object, Facts>();
/** The array that a script has of each key: the same one each time. What it does to that changes no key. */
const usagesOf = new WeakMap<object, string[]>();

/** The standard's `CryptoKey`; it stands for a key of Node in the runner. */
export class CryptoKey {
  constructor() {
    throw illegalConstructor();
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
    const { usages } = factsOf(this);
    const given = usagesOf.get(this) ?? [...usages];
    usagesOf.set(this, given);
    return given;
  }

  get [Symbol.toStringTag](): string {
    return 'CryptoKey';
  }
}

export const isCryptoKey = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && facts.has(value);

function factsOf(key: object): Facts {
  const found = facts.get(key);
  if (found === undefined) throw coded(new TypeError('Illegal invocation'), 'ERR_INVALID_THIS');
  return found;
}

native.makers.cryptoKey = (handle, known) => {
  const key = Object.create(CryptoKey.prototype) as CryptoKey;
  facts.set(key, known);
  native.written.set(key, () => [TAG.cryptoKey, handle]);
  native.track(key, handle);
  return key;
};

native.keyComparisons.sameCryptoKeys = (a, b) => {
  const [one, other] = [facts.get(a), facts.get(b)];
  if (one === undefined) return undefined;
  if (other === undefined || one.extractable !== other.extractable) return false;
  const { isDeepStrictEqual } = part('deep-equal');
  return (
    isDeepStrictEqual(one.algorithm, other.algorithm) &&
    isDeepStrictEqual(one.usages, other.usages) &&
    native.call('crypto.sameCryptoKey', a, b) === true
  );
};
