import { type EgressPolicy, type HeaderRules, portOf } from '../egress-policy/index.js';
import type { Connection } from './connection.js';
import type { ConnectionPool } from './connection-pool.js';
import type { EgressExchange, EgressRecord, EgressReply, EgressRequest } from './egress.js';
import type { EgressLimits } from './egress.options.js';
import { EGRESS_CODES, EgressFault, limitExceeded, refused } from './errors.js';
import { OutgoingRequest, type Permitted } from './outgoing-request.js';
import { FairSemaphore } from './fair-semaphore.js';

/** What all executions of a tenant share. */
export interface EgressContext {
  readonly policy: EgressPolicy;
  readonly headers: HeaderRules;
  readonly limits: EgressLimits;
  readonly tenant: string;
  /** Bounds the concurrent requests of the gateway; the key is the tenant. */
  readonly semaphore: FairSemaphore;
  readonly connections: ConnectionPool;
  record(record: EgressRecord): void;
}

const METHOD = /^[\w!#$%&'*+.^`|~-]{1,64}$/;
/** A tunnel would bypass the checks; an echoed request would reveal the added headers. */
const CLOSED_METHODS: ReadonlySet<string> = new Set(['CONNECT', 'TRACE', 'TRACK']);
const MAX_URL_CHARACTERS = 65_536;

/** The requests of one execution. */
export class ExecutionEgress {
  readonly #open = new Set<EgressExchange>();
  /** Bounds the concurrent requests of this execution. */
  readonly #semaphore: FairSemaphore;
  #requests = 0;

  constructor(private readonly context: EgressContext) {
    this.#semaphore = new FairSemaphore(context.limits.maxConcurrencyPerExecution);
  }

  /** Starts a request. A refusal is reported to `reply` before this returns. */
  request(request: EgressRequest, reply: EgressReply): EgressExchange {
    let permitted: Permitted;
    try {
      permitted = this.#permit(request);
    } catch (error) {
      const { code, message } = error as EgressFault;
      const outcome = code === EGRESS_CODES.limit ? 'limited' : 'refused';
      this.context.record({ host: undefined, outcome, sentBytes: 0, receivedBytes: 0 });
      reply.failed({ code, message });
      return NO_EXCHANGE;
    }
    return this.#send(permitted, reply);
  }

  /** Aborts all requests, at the end of the execution. */
  close(): void {
    for (const request of this.#open) request.abort();
  }

  #send(permitted: Permitted, reply: EgressReply): OutgoingRequest {
    const { limits, semaphore, connections, tenant } = this.context;
    let connection: Connection | undefined;
    let releaseGlobal: (() => void) | undefined;
    const outgoing = new OutgoingRequest(permitted, limits, reply, (record) => {
      this.#open.delete(outgoing);
      this.context.record(record);
      releaseLocal();
      if (connection === undefined) releaseGlobal?.();
      // Only after its dial has ended, or a script that aborts its requests could open any number of sockets.
      else void connections.release(connection, record.outcome === 'answered').finally(releaseGlobal);
    });
    this.#open.add(outgoing);
    const start = (): void => {
      connection = connections.take(tenant, permitted.url.origin);
      outgoing.start(connection.dispatcher);
    };
    const releaseLocal = this.#semaphore.acquire('', () => {
      releaseGlobal = semaphore.acquire(tenant, start);
    });
    return outgoing;
  }

  /** @throws EgressFault */
  #permit(request: EgressRequest): Permitted {
    const { policy, limits, headers } = this.context;
    if (!METHOD.test(request.method) || request.url.length > MAX_URL_CHARACTERS || !URL.canParse(request.url))
      throw new EgressFault(EGRESS_CODES.invalid, 'the request has an invalid method or URL');
    const url = new URL(request.url);
    const at = `${url.hostname}:${portOf(url) ?? ''}`;
    if (CLOSED_METHODS.has(request.method.toUpperCase()))
      throw refused(`Egress refused: the method ${request.method} is not allowed for ${at}`);
    const host = policy.match(url);
    if (host === undefined) throw refused(`Egress refused: ${url.protocol}//${at} is not in EGRESS`);
    // Credentials in a URL belong to the script, and are headers by now.
    this.#requests += 1;
    if (this.#requests > limits.maxRequests)
      throw limitExceeded(
        `the request to ${at} exceeds EGRESS_REQUESTS (${limits.maxRequests} requests per script)`,
      );
    return { request, url, host, at, headers: headers.headersFor(url) };
  }
}

const NO_EXCHANGE: EgressExchange = {
  write: () => undefined,
  end: () => undefined,
  abort: () => undefined,
  pause: () => undefined,
  resume: () => undefined,
};
