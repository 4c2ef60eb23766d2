import { Promise } from '../kit/primordials.js';
import type { EsModule } from './es-module.js';

/**
 * How far the evaluation of an ES module has come: the fields of the standard's Cyclic Module Records
 * (https://tc39.es/ecma262/#sec-cyclic-module-records).
 */
export class Progress {
  state: 'linked' | 'evaluating' | 'evaluating-async' | 'evaluated' = 'linked';
  /** Why the evaluation failed. */
  failure: { readonly error: unknown } | undefined;
  /** The modules whose evaluation has begun, until it is known which of them make a cycle. */
  stack: EsModule[] | undefined;
  /** Place in the order in which modules are visited, and the lowest one that the module leads back to. */
  index = 0;
  ancestorIndex = 0;
  /** The module of a cycle that was visited first; itself for a module that is in none. */
  cycleRoot: EsModule | undefined;
  /** Place among the modules that await or wait for others, until it has ended. */
  asyncOrder: number | undefined;
  /** Number of sources that it waits for. */
  pending = 0;
  /** Modules that wait for it. */
  readonly waiting: EsModule[] = [];
  /** Its end, for whoever evaluates it. */
  ended: Ending | undefined;
}

/** A promise and what settles it. */
export class Ending {
  resolve: () => void = () => undefined;
  reject: (error: unknown) => void = () => undefined;
  readonly promise = new Promise<void>((resolve, reject) => {
    this.resolve = resolve;
    this.reject = reject;
  });
}
