import { native } from '../kit/native-calls.js';
import type { FunctionShapes } from '../kit/function-shapes.js';

interface CryptoShape {
  readonly functions: FunctionShapes;
  readonly certificate: readonly string[];
  readonly key: readonly string[];
}

/** What the running Node's `crypto` looks like, where its versions differ. */
export const shape = native.call('crypto.shape') as CryptoShape;
