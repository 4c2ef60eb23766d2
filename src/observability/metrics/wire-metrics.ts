import type { Registry } from 'prom-client';
import type { ProtocolObserver, Settlement } from '../../protocol/index.js';
import { keyed, plain, scrapedCounter, scrapedGauge } from './scraped.js';
import { LabelCounter } from './label-counter.js';

/** The close codes of the service, and those of WebSocket that no client can choose freely. */
const CLOSE_CODES: ReadonlySet<number> = new Set([
  1000, 1001, 1002, 1003, 1005, 1006, 1007, 1008, 1009, 1011, 1013,
]);
const MAX_CODES = 100;

/** Connections, frames and requests, counted as plain numbers. */
export class WireMetrics implements ProtocolObserver {
  #open = 0;
  #opened = 0;
  #framesIn = 0;
  #framesOut = 0;
  #bytesIn = 0;
  #bytesOut = 0;
  readonly #closed = new LabelCounter<number | string>(CLOSE_CODES.size + 1);
  readonly #refused = new LabelCounter<number>(MAX_CODES);
  readonly #requests = new Map<string, LabelCounter<number>>();

  constructor(registry: Registry) {
    scrapedGauge(registry, {
      name: 'javascriptd_connections',
      help: 'Open connections.',
      read: plain(() => this.#open),
    });
    scrapedCounter(registry, {
      name: 'javascriptd_connections_opened_total',
      help: 'Accepted connections.',
      read: plain(() => this.#opened),
    });
    scrapedCounter(registry, {
      name: 'javascriptd_connections_closed_total',
      help: 'Closed connections, by close code; 1006 without a close frame, `other` for a code that the client chose.',
      labelNames: ['code'],
      read: () => keyed('code', this.#closed),
    });
    scrapedCounter(registry, {
      name: 'javascriptd_upgrades_refused_total',
      help: 'Refused upgrade requests, by HTTP status.',
      labelNames: ['status'],
      read: () => keyed('status', this.#refused),
    });
    scrapedCounter(registry, {
      name: 'javascriptd_frames_received_total',
      help: 'Frames received from clients, including handshakes.',
      read: plain(() => this.#framesIn),
    });
    scrapedCounter(registry, {
      name: 'javascriptd_frames_sent_total',
      help: 'Frames sent to clients, including handshakes.',
      read: plain(() => this.#framesOut),
    });
    scrapedCounter(registry, {
      name: 'javascriptd_received_bytes_total',
      help: 'Bytes of frames received from clients.',
      read: plain(() => this.#bytesIn),
    });
    scrapedCounter(registry, {
      name: 'javascriptd_sent_bytes_total',
      help: 'Bytes of frames sent to clients.',
      read: plain(() => this.#bytesOut),
    });
    scrapedCounter(registry, {
      name: 'javascriptd_requests_total',
      help: 'Requests with a final reply, by method (`other` for an unknown method) and error code (0 for a result).',
      labelNames: ['method', 'code'],
      read: () => this.#byMethodAndCode(),
    });
  }

  opened(): void {
    this.#open += 1;
    this.#opened += 1;
  }

  closed(code: number): void {
    this.#open -= 1;
    this.#closed.add(CLOSE_CODES.has(code) ? code : 'other');
  }

  refused(status: number): void {
    this.#refused.add(status);
  }

  received(bytes: number): void {
    this.#framesIn += 1;
    this.#bytesIn += bytes;
  }

  sent(bytes: number): void {
    this.#framesOut += 1;
    this.#bytesOut += bytes;
  }

  settled({ method, served, code }: Settlement): void {
    // Served methods are those of gateways, so there are few.
    const name = served ? method : 'other';
    let codes = this.#requests.get(name);
    if (codes === undefined) this.#requests.set(name, (codes = new LabelCounter(MAX_CODES)));
    codes.add(code ?? 0);
  }

  *#byMethodAndCode(): Iterable<readonly [{ method: string; code: string }, number]> {
    for (const [method, codes] of this.#requests)
      for (const [code, count] of codes) yield [{ method, code }, count];
  }
}
