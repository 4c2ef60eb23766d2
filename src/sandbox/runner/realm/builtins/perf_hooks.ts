import { accessDenied } from '../modules/errors.js';

const start = Number(environment.ask('clock'));

export default {
  performance: {
    timeOrigin: Date.now(),
    now: () => Number(environment.ask('clock')) - start,
    mark: () => undefined,
    measure: () => undefined,
    clearMarks: () => undefined,
    clearMeasures: () => undefined,
    timerify: <F>(measured: F) => measured,
    toJSON() {
      return { timeOrigin: this.timeOrigin };
    },
  },
  PerformanceObserver: function PerformanceObserver() {
    throw accessDenied('perf_hooks.PerformanceObserver');
  },
  constants: {},
};
