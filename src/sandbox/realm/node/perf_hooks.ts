import { accessDenied, invalidArgument } from '../../boundary/coded-errors.js';
import { describeClasses, named } from '../kit/define.js';
import {
  Performance,
  performance,
  PerformanceEntry,
  PerformanceMark,
  PerformanceMeasure,
} from '../web/performance.js';

function denied(name: string) {
  return named(name, (): never => {
    throw accessDenied(`perf_hooks.${name}`);
  });
}

/** Can be constructed, since packages do so while they load. The process is not observable, so it reports nothing. */
class PerformanceObserver {
  static readonly supportedEntryTypes: readonly string[] = [];

  constructor(callback: unknown) {
    if (typeof callback !== 'function') throw invalidArgument('callback', 'of type function', callback);
  }

  observe(): void {}

  disconnect(): void {}

  takeRecords(): object[] {
    return [];
  }
}

describeClasses({ PerformanceObserver });

export default {
  performance,
  Performance,
  PerformanceEntry,
  PerformanceMark,
  PerformanceMeasure,
  PerformanceObserver,
  monitorEventLoopDelay: denied('monitorEventLoopDelay'),
  createHistogram: denied('createHistogram'),
  constants: {},
};
