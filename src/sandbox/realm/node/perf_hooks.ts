import { accessDenied } from '../../boundary/module-errors.js';
import {
  Performance,
  performance,
  PerformanceEntry,
  PerformanceMark,
  PerformanceMeasure,
} from '../web/performance.js';

function denied(name: string) {
  return (): never => {
    throw accessDenied(`perf_hooks.${name}`);
  };
}

/** What is observed is the process's, which a script is told nothing of: packages make an observer, and hear nothing. */
class PerformanceObserver {
  static readonly supportedEntryTypes: readonly string[] = [];

  observe(): void {}

  disconnect(): void {}

  takeRecords(): object[] {
    return [];
  }
}

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
