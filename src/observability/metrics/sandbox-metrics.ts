import type { Registry } from 'prom-client';
import type { SandboxGuarantees, SandboxStatus } from '../../sandbox/index.js';
import { keyed, plain, scrapedCounter, scrapedGauge } from './scraped.js';

/** Sandbox metrics, read at each scrape. */
export function registerSandboxMetrics(
  registry: Registry,
  status: Pick<SandboxStatus, 'state'>,
  guarantees: Pick<SandboxGuarantees, 'report'>,
): void {
  scrapedGauge(registry, {
    name: 'javascriptd_sandbox_up',
    help: '1 while scripts can run; 0 if no runner process can be started.',
    read: plain(() => (status.state.problem === undefined ? 1 : 0)),
  });
  scrapedGauge(registry, {
    name: 'javascriptd_executions_in_flight',
    help: 'Executions that run or wait for a runner process.',
    read: plain(() => {
      const { runners, queued } = status.state;
      return runners.running + runners.waiting + queued;
    }),
  });
  scrapedGauge(registry, {
    name: 'javascriptd_queue_length',
    help: 'Executions that wait for a runner process.',
    read: plain(() => status.state.queued),
  });
  scrapedGauge(registry, {
    name: 'javascriptd_queue_capacity',
    help: 'Maximum number of waiting executions (QUEUE_SIZE).',
    read: plain(() => status.state.queueSize),
  });
  scrapedGauge(registry, {
    name: 'javascriptd_runner_processes',
    help: 'Runner processes by state: starting, idle, running a script, or waiting because the script waits for a timer.',
    labelNames: ['state'],
    read: () => keyed('state', Object.entries(status.state.runners)),
  });
  scrapedGauge(registry, {
    name: 'javascriptd_runner_processes_max',
    help: 'Maximum number of runner processes (MAX_CONCURRENCY).',
    read: plain(() => status.state.maxRunners),
  });
  scrapedCounter(registry, {
    name: 'javascriptd_runner_processes_started_total',
    help: 'Started runner processes.',
    read: plain(() => status.state.tally.started),
  });
  scrapedCounter(registry, {
    name: 'javascriptd_runner_processes_ended_total',
    help: 'Ended runner processes, by reason.',
    labelNames: ['reason'],
    read: () => keyed('reason', Object.entries(status.state.tally.ended)),
  });
  scrapedGauge(registry, {
    name: 'javascriptd_guarantee_enforced',
    help: '1 if the operating system enforces this sandbox guarantee, else 0.',
    labelNames: ['guarantee'],
    read: () =>
      keyed(
        'guarantee',
        (guarantees.report?.guarantees ?? []).map(({ guarantee, enforced }) => [guarantee, Number(enforced)]),
      ),
  });
}
