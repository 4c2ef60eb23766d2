import { Metrics } from '../../src/observability/metrics/metrics.js';
import { SandboxStatus } from '../../src/sandbox/index.js';

/** The metrics of a service that has done nothing yet. */
export function allMetrics(): Metrics {
  const metrics = new Metrics('1.2.3');
  metrics.follow(new SandboxStatus(), { report: undefined }, { problem: undefined });
  return metrics;
}

/** One metric as a row of docs/metrics.md. */
export interface MetricRow {
  readonly name: string;
  readonly type: string;
  readonly labels: readonly string[];
  readonly help: string;
}

/** What is registered, in the order in which it is shown. */
export function rowsOf({ registry }: Metrics): readonly MetricRow[] {
  return registry.getMetricsAsArray().map((metric) => {
    const { labelNames = [] }: { labelNames?: readonly string[] } = metric as object;
    return { name: metric.name, type: String(metric.type), labels: labelNames, help: metric.help };
  });
}

/** The names of the series of a metric. */
export function seriesOf({ name, type }: MetricRow): readonly string[] {
  return type === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name];
}
