import type { Registry } from 'prom-client';
import type { EgressService } from '../../egress/index.js';
import { scrapedCounter } from './scraped.js';

/** What scripts send to the network; `host` is an entry of the operator's list, never a host that a script names. */
export function registerEgressMetrics(registry: Registry, egress: Pick<EgressService, 'counts'>): void {
  scrapedCounter(registry, {
    name: 'javascriptd_egress_requests_total',
    help: 'Requests of scripts, by the entry of EGRESS that let them through (`none` for none) and by how they ended.',
    labelNames: ['host', 'outcome'],
    read: () =>
      egress.counts.flatMap(({ host, requests }) =>
        Object.entries(requests).map(([outcome, count]) => [{ host, outcome }, count] as const),
      ),
  });
  scrapedCounter(registry, {
    name: 'javascriptd_egress_sent_bytes_total',
    help: 'Bytes of the bodies that scripts sent, by the entry of EGRESS.',
    labelNames: ['host'],
    read: () => egress.counts.map(({ host, sentBytes }) => [{ host }, sentBytes] as const),
  });
  scrapedCounter(registry, {
    name: 'javascriptd_egress_received_bytes_total',
    help: 'Bytes of the bodies that scripts got, by the entry of EGRESS.',
    labelNames: ['host'],
    read: () => egress.counts.map(({ host, receivedBytes }) => [{ host }, receivedBytes] as const),
  });
}
