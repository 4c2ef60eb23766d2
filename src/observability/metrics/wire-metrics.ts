import type { Registry } from 'prom-client';
import type { ProtocolObserver, Settlement } from '../../protocol/index.js';
import { keyed, plain, scrapedCounter, scrapedGauge } from './scraped.js';
import { Tally } from './tally.js';

/** The codes that the service itself closes with, and those of WebSocket that no client can choose freely. */
const CLOSE_CODES: ReadonlySet<number> = new Set([
  1000, 1001, 1002, 1003, 1005, 1006, 1007, 1008, 1009, 1011, 1013,
]);
const MAX_CODES = 100;

/** What happens on the wire, counted as plain numbers. */
export class WireMetrics implements ProtocolObserver {
  #open = 0;
  #opened = 0;
  #framesIn = 0;
  #framesOut = 0;
  #bytesIn = 0;
  #bytesOut = 0;
  readonly #closed = new Tally<number | string>(CLOSE_CODES.size + 1);
  readonly #refused = new Tally<number>(MAX_CODES);
  readonly #requests = new Map<string, Tally<number>>();

  constructor(registry: Registry) {
    scrapedGauge(registry, {
      name: 'javascriptd_connections',
      help: 'Connections open now.',
      read: plain(() => this.#open),
    });
    scrapedCounter(registry, {
      name: 'javascriptd_connections_opened_total',
      help: 'Connections that were let in.',
      read: plain(() => this.#opened),
    });
    scrapedCounter(registry, {
      name: 'javascriptd_connections_closed_total',
      help: 'Connections that closed, by the code of the closing frame; 1006 for none, `other` for one that the client chose.',
      labelNames: ['code'],
      read: () => keyed('code', this.#closed),
    });
    scrapedCounter(registry, {
      name: 'javascriptd_upgrades_refused_total',
      help: 'Upgrade requests that were refused, by HTTP status.',
      labelNames: ['status'],
      read: () => keyed('status', this.#refused),
    });
    scrapedCounter(registry, {
      name: 'javascriptd_frames_received_total',
      help: 'Frames of clients, handshakes included.',
      read: plain(() => this.#framesIn),
    });
    scrapedCounter(registry, {
      name: 'javascriptd_frames_sent_total',
      help: 'Frames to clients, handshakes included.',
      read: plain(() => this.#framesOut),
    });
    scrapedCounter(registry, {
      name: 'javascriptd_received_bytes_total',
      help: 'Bytes of the frames of clients.',
      read: plain(() => this.#bytesIn),
    });
    scrapedCounter(registry, {
      name: 'javascriptd_sent_bytes_total',
      help: 'Bytes of the frames to clients.',
      read: plain(() => this.#bytesOut),
    });
    scrapedCounter(registry, {
      name: 'javascriptd_requests_total',
      help: 'Requests that have their final reply, by method (`other` for one that is not there) and error code, 0 for a result.',
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
    // Methods are those of gateways, so a few.
    const name = served ? method : 'other';
    let codes = this.#requests.get(name);
    if (codes === undefined) this.#requests.set(name, (codes = new Tally(MAX_CODES)));
    codes.add(code ?? 0);
  }

  *#byMethodAndCode(): Iterable<readonly [{ method: string; code: string }, number]> {
    for (const [method, codes] of this.#requests)
      for (const [code, count] of codes) yield [{ method, code }, count];
  }
}
