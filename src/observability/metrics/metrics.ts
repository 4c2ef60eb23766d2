import { collectDefaultMetrics, Registry } from 'prom-client';
import type { SecretSource } from '../../auth/index.js';
import type { SandboxGuarantees, SandboxStatus } from '../../sandbox/index.js';
import type { EgressService } from '../../egress/index.js';
import { registerEgressMetrics } from './egress-metrics.js';
import { ExecutionMetrics } from './execution-metrics.js';
import { registerSandboxMetrics } from './sandbox-metrics.js';
import { plain, scrapedGauge } from './scraped.js';
import { WireMetrics } from './wire-metrics.js';

/** All metrics of one service, in its own registry. */
export class Metrics {
  readonly registry = new Registry();
  readonly wire = new WireMetrics(this.registry);
  readonly executions = new ExecutionMetrics(this.registry);

  /** @param version version of this service */
  constructor(version: string) {
    scrapedGauge(this.registry, {
      name: 'javascriptd_build_info',
      help: 'Always 1; the labels are the versions of the service and of Node.',
      labelNames: ['version', 'node'],
      read: () => [[{ version, node: process.version }, 1]],
    });
    // Of the gateway process: event loop, memory, garbage collection, handles.
    collectDefaultMetrics({ register: this.registry });
  }

  /** @param egress absent if there is no egress */
  follow(
    status: Pick<SandboxStatus, 'state'>,
    guarantees: Pick<SandboxGuarantees, 'report'>,
    secrets: Pick<SecretSource, 'problem'>,
    egress?: Pick<EgressService, 'counts'>,
  ): void {
    registerSandboxMetrics(this.registry, status, guarantees);
    scrapedGauge(this.registry, {
      name: 'javascriptd_secrets_current',
      help: '1 while the tenants of SECRETS_FILE are in effect; 0 while the file is invalid and the previous tenants stay in effect.',
      read: plain(() => (secrets.problem === undefined ? 1 : 0)),
    });
    if (egress !== undefined) registerEgressMetrics(this.registry, egress);
  }
}
