import { type EgressPolicy, type HeaderRules, portOf } from '../egress-policy/index.js';
import type { Connection } from './connection.js';
import type { ConnectionPool } from './connection-pool.js';
import type { EgressExchange, EgressReply, EgressRequest } from '../sandbox/index.js';
import type { EgressRecord } from './egress.js';
import type { EgressLimits } from './egress.options.js';
import { EGRESS_CODES, EgressFault, passed, refused } from './errors.js';
import { Exchange, type Permitted } from './exchange.js';
import { Turns } from './turns.js';

/** What all sessions of the gateway share. */
export interface SessionLinks {
  readonly policy: EgressPolicy;
  readonly headers: HeaderRules;
  readonly limits: EgressLimits;
  readonly tenant: string;
  /** Of the gateway. */
  readonly turns: Turns;
  readonly connections: ConnectionPool;
  tell(record: EgressRecord): void;
}

const METHOD = /^[\w!#$%&'*+.^`|~-]{1,64}$/;
/** A tunnel is no request; an echo of a request would show what was added to it. */
const CLOSED_METHODS: ReadonlySet<string> = new Set(['CONNECT', 'TRACE', 'TRACK']);
const MAX_URL_CHARACTERS = 65_536;

/** The requests of one execution. */
export class Session {
  readonly #open = new Set<EgressExchange>();
  readonly #turns: Turns;
  #requests = 0;

  constructor(private readonly links: SessionLinks) {
    this.#turns = new Turns(links.limits.maxConcurrencyPerExecution);
  }

  /** What is refused is told in the reply, and before this returns. */
  request(request: EgressRequest, reply: EgressReply): EgressExchange {
    let permitted: Permitted;
    try {
      permitted = this.#permit(request);
    } catch (error) {
      const { code, message } = error as EgressFault;
      const outcome = code === EGRESS_CODES.limit ? 'limited' : 'refused';
      this.links.tell({ host: undefined, outcome, sentBytes: 0, receivedBytes: 0 });
      reply.failed({ code, message });
      return NOTHING;
    }
    return this.#send(permitted, reply);
  }

  /** The execution is over: nothing of it goes on. */
  close(): void {
    for (const exchange of this.#open) exchange.abort();
  }

  #send(permitted: Permitted, reply: EgressReply): Exchange {
    const { limits, turns, connections, tenant } = this.links;
    let connection: Connection | undefined;
    let leaveTurn: (() => void) | undefined;
    const exchange = new Exchange(permitted, limits, reply, (record) => {
      this.#open.delete(exchange);
      this.links.tell(record);
      leaveOwn();
      if (connection === undefined) leaveTurn?.();
      // Not before its dial is over: a script that aborts its requests would have any number of sockets.
      else void connections.release(connection, record.outcome === 'answered').finally(leaveTurn);
    });
    this.#open.add(exchange);
    const start = (): void => {
      connection = connections.take(tenant, permitted.url.origin);
      exchange.start(connection.dispatcher);
    };
    const leaveOwn = this.#turns.enter('', () => {
      leaveTurn = turns.enter(tenant, start);
    });
    return exchange;
  }

  /** @throws EgressFault */
  #permit(request: EgressRequest): Permitted {
    const { policy, limits, headers } = this.links;
    if (!METHOD.test(request.method) || request.url.length > MAX_URL_CHARACTERS || !URL.canParse(request.url))
      throw new EgressFault(EGRESS_CODES.invalid, 'the request has no method or no URL that can be sent');
    const url = new URL(request.url);
    const at = `${url.hostname}:${portOf(url) ?? ''}`;
    if (CLOSED_METHODS.has(request.method.toUpperCase()))
      throw refused(`Egress refused: ${request.method} is no method for ${at}`);
    const host = policy.match(url);
    if (host === undefined) throw refused(`Egress refused: ${url.protocol}//${at} is not in EGRESS`);
    // Credentials in a URL are the script's own to send, and are headers by now.
    this.#requests += 1;
    if (this.#requests > limits.maxRequests)
      throw passed(
        `no request to ${at}: a script makes at most ${limits.maxRequests} of them, which is EGRESS_REQUESTS`,
      );
    return { request, url, host, at, headers: headers.headersFor(url) };
  }
}

const NOTHING: EgressExchange = {
  write: () => undefined,
  end: () => undefined,
  abort: () => undefined,
  pause: () => undefined,
  resume: () => undefined,
};
