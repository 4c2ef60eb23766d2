/** Labels of metrics stay few, whoever connects and whatever they send. */
import type { ExecutionRecord } from '../../../src/runtime/index.js';
import { allMetrics } from '../../support/metrics.js';

const record: ExecutionRecord = {
  method: 'runtime.execute',
  tenant: 'a',
  outcome: 'returned',
  limit: undefined,
  code: undefined,
  usage: { queuedMs: 1, startMs: 0, runMs: 1000, cpuMs: 0, memoryBytes: 0 },
  receivedAt: 0,
  askedAt: 1,
  endedAt: 1002,
  answeredAt: 1003,
  requestBytes: 10,
  replyBytes: 20,
  ext: undefined,
};

const settlement = {
  method: 'm',
  served: true,
  code: 1,
  requestBytes: 1,
  replyBytes: 1,
  receivedAt: 0,
  answeredAt: 1,
};

/** The series of a metric, with their values. */
function linesOf(text: string, name: string): readonly string[] {
  return text.split('\n').filter((line) => line.startsWith(`${name}{`));
}

describe('the labels of metrics', () => {
  it('count tenants beyond the hundredth together', async () => {
    const { executions, registry } = allMetrics();
    for (let i = 0; i < 150; i++) executions.count({ ...record, tenant: `t${i}` });
    executions.count({ ...record, tenant: 't0', outcome: 'threw' });
    const text = await registry.metrics();
    const lines = linesOf(text, 'javascriptd_executions_total');
    expect(lines).toHaveLength(102);
    expect(lines).toContain('javascriptd_executions_total{tenant="other",outcome="returned"} 50');
    expect(lines).toContain('javascriptd_executions_total{tenant="t0",outcome="threw"} 1');
    expect(linesOf(text, 'javascriptd_tenant_run_seconds_total')).toHaveLength(101);
    expect(text).toContain('javascriptd_tenant_run_seconds_total{tenant="other"} 50');
  });

  it('count what was prepared and refused apart from executions, and by tenant as well', async () => {
    const { executions, registry } = allMetrics();
    for (let i = 0; i < 150; i++) {
      executions.count({ ...record, tenant: `t${i}`, method: 'runtime.prepare' });
      executions.count({ ...record, tenant: `t${i}`, outcome: 'invalid', usage: undefined });
    }
    executions.count({ ...record, tenant: 't0', outcome: 'forbidden', method: 'runtime.prepare' });
    const text = await registry.metrics();
    expect(linesOf(text, 'javascriptd_executions_total')).toEqual([]);
    expect(linesOf(text, 'javascriptd_preparations_total')).toHaveLength(101);
    expect(linesOf(text, 'javascriptd_refusals_total')).toHaveLength(102);
    expect(text).toContain('javascriptd_preparations_total{tenant="t1",outcome="returned"} 1');
    expect(text).toContain('javascriptd_refusals_total{tenant="other",reason="invalid"} 50');
    expect(text).toContain('javascriptd_refusals_total{tenant="t0",reason="forbidden"} 1');
    expect(text).toContain('javascriptd_tenant_run_seconds_total{tenant="t1"} 1');
    expect(text).toContain('javascriptd_execution_duration_seconds_count 0');
  });

  it('never show a method that is not served, nor a code of closing that a client chose', async () => {
    const { wire, registry } = allMetrics();
    for (let i = 0; i < 50; i++) {
      wire.settled({ ...settlement, method: `made-up-${i}`, served: false, code: 1101 });
      wire.closed(4000 + i);
    }
    wire.settled(settlement);
    wire.closed(1013);
    const text = await registry.metrics();
    expect(text).not.toMatch(/made-up|code="40/);
    expect(linesOf(text, 'javascriptd_requests_total')).toEqual([
      'javascriptd_requests_total{method="other",code="1101"} 50',
      'javascriptd_requests_total{method="m",code="1"} 1',
    ]);
    expect(linesOf(text, 'javascriptd_connections_closed_total')).toEqual([
      'javascriptd_connections_closed_total{code="other"} 50',
      'javascriptd_connections_closed_total{code="1013"} 1',
    ]);
  });
});
