import { accessDenied } from '../../boundary/coded-errors.js';
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

/** Can be constructed, since packages do so while they load. The process is not observable, so it reports nothing. */
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
