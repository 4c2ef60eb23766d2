import type { Registry } from 'prom-client';
import type { EgressService } from '../../egress/index.js';
import { scrapedCounter } from './scraped.js';

/** Egress metrics. The label `host` is an entry of the allowlist, never a host that a script names. */
export function registerEgressMetrics(registry: Registry, egress: Pick<EgressService, 'counts'>): void {
  scrapedCounter(registry, {
    name: 'javascriptd_egress_requests_total',
    help: 'Egress requests of scripts, by the entry of EGRESS that allowed them (`none` if none did) and by outcome.',
    labelNames: ['host', 'outcome'],
    read: () =>
      egress.counts.flatMap(({ host, requests }) =>
        Object.entries(requests).map(([outcome, count]) => [{ host, outcome }, count] as const),
      ),
  });
  scrapedCounter(registry, {
    name: 'javascriptd_egress_sent_bytes_total',
    help: 'Bytes of request bodies that scripts sent, by entry of EGRESS.',
    labelNames: ['host'],
    read: () => egress.counts.map(({ host, sentBytes }) => [{ host }, sentBytes] as const),
  });
  scrapedCounter(registry, {
    name: 'javascriptd_egress_received_bytes_total',
    help: 'Bytes of response bodies that scripts received, by entry of EGRESS.',
    labelNames: ['host'],
    read: () => egress.counts.map(({ host, receivedBytes }) => [{ host }, receivedBytes] as const),
  });
}
