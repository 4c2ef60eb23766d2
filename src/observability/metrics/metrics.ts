import { collectDefaultMetrics, Registry } from 'prom-client';
import type { SecretSource } from '../../auth/index.js';
import type { SandboxGuarantees, SandboxStatus } from '../../sandbox/index.js';
import { ExecutionMetrics } from './execution-metrics.js';
import { registerSandboxMetrics } from './sandbox-metrics.js';
import { plain, scrapedGauge } from './scraped.js';
import { WireMetrics } from './wire-metrics.js';

/** All metrics of one service, in a registry of its own. */
export class Metrics {
  readonly registry = new Registry();
  readonly wire = new WireMetrics(this.registry);
  readonly executions = new ExecutionMetrics(this.registry);

  /** @param version of this service */
  constructor(version: string) {
    scrapedGauge(this.registry, {
      name: 'javascriptd_build_info',
      help: 'Always 1; the labels tell the versions of the service and of its Node.',
      labelNames: ['version', 'node'],
      read: () => [[{ version, node: process.version }, 1]],
    });
    // Of the gateway: event loop, memory, garbage collection, handles.
    collectDefaultMetrics({ register: this.registry });
  }

  follow(
    status: Pick<SandboxStatus, 'state'>,
    guarantees: Pick<SandboxGuarantees, 'report'>,
    secrets: Pick<SecretSource, 'problem'>,
  ): void {
    registerSandboxMetrics(this.registry, status, guarantees);
    scrapedGauge(this.registry, {
      name: 'javascriptd_secrets_current',
      help: '1 while the tenants in force are those of SECRETS_FILE; 0 while it is wrong, and those of before stay.',
      read: plain(() => (secrets.problem === undefined ? 1 : 0)),
    });
  }
}
