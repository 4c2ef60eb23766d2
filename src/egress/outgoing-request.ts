import type { Dispatcher } from 'undici';
import type { EgressExchange, EgressReply, EgressRequest } from '../sandbox/index.js';
import type { EgressOutcome, EgressRecord } from './egress.js';
import type { EgressLimits } from './egress.options.js';
import { EGRESS_CODES, EgressFault, limitExceeded } from './errors.js';
import { faultOf } from './fault-of.js';
import { lengthOf, requestHeaders, responseHeaders } from './clean-headers.js';
import { Upload } from './upload.js';

/** A request that the policy allows. */
export interface Permitted {
  readonly request: EgressRequest;
  readonly url: URL;
  /** The policy entry that allowed it. */
  readonly host: string;
  /** Host and port, for error messages. */
  readonly at: string;
  /** Headers that the operator adds. */
  readonly headers: ReadonlyMap<string, string>;
}

/** One request of a script, from its start to the end of its response. */
export class OutgoingRequest implements EgressExchange {
  readonly #upload: Upload | undefined;
  readonly #timer: NodeJS.Timeout;
  #controller: Dispatcher.DispatchController | undefined;
  #paused = false;
  #received = 0;
  #over = false;

  /** @param done called once, when the request has ended for any reason */
  constructor(
    private readonly permitted: Permitted,
    private readonly limits: EgressLimits,
    private readonly reply: EgressReply,
    private readonly done: (record: EgressRecord) => void,
  ) {
    const { request, at } = permitted;
    this.#upload = request.hasBody
      ? new Upload(limits, at, lengthOf(request.headers), (bytes) => this.#taken(bytes))
      : undefined;
    this.#timer = setTimeout(() => {
      this.#fail(
        limitExceeded(`the request to ${at} took longer than EGRESS_TIMEOUT (${limits.timeoutMs} ms)`),
      );
    }, limits.timeoutMs);
  }

  /** Sends the request, once a permit is granted. */
  start(dispatcher: Dispatcher): void {
    if (this.#over) return;
    const { request, url, headers } = this.permitted;
    try {
      const sent = requestHeaders(request.headers, headers, request.hasBody);
      dispatcher.dispatch(
        {
          origin: url.origin,
          path: pathOf(url),
          method: request.method,
          headers: sent,
          body: this.#upload?.stream ?? null,
          headersTimeout: this.limits.headTimeoutMs,
          bodyTimeout: this.limits.timeoutMs,
        },
        this.#handler(),
      );
    } catch (error) {
      this.#fail(error);
    }
  }

  write(chunk: Buffer): void {
    if (this.#over) return;
    try {
      this.#upload?.write(chunk);
    } catch (error) {
      this.#fail(error);
    }
  }

  end(): void {
    if (!this.#over) this.#upload?.end();
  }

  abort(): void {
    this.#end('aborted');
  }

  pause(): void {
    this.#paused = true;
    this.#controller?.pause();
  }

  resume(): void {
    this.#paused = false;
    this.#controller?.resume();
  }

  #handler(): Dispatcher.DispatchHandler {
    return {
      onRequestStart: (controller) => {
        this.#controller = controller;
        if (this.#over) controller.abort(new Error('aborted'));
      },
      onResponseStart: (controller, status, _headers, statusText = '') => {
        // 1xx: the final response is still to come.
        if (this.#over || status < 200) return;
        const headers = responseHeaders((controller.rawHeaders ?? []) as readonly Buffer[]);
        this.reply.head({ status, statusText, headers });
        if (this.#paused) controller.pause();
      },
      onResponseData: (_controller, chunk) => this.#data(chunk),
      onResponseEnd: () => {
        if (this.#over) return;
        this.#end('answered');
        this.reply.ended();
      },
      onResponseError: (_controller, error) => this.#fail(error),
    };
  }

  #data(chunk: Buffer): void {
    if (this.#over) return;
    this.#received += chunk.length;
    const { maxResponseBytes } = this.limits;
    if (this.#received <= maxResponseBytes) return this.reply.data(chunk);
    this.#fail(
      limitExceeded(
        `the response from ${this.permitted.at} is larger than EGRESS_RESPONSE_BYTES (${maxResponseBytes})`,
      ),
    );
  }

  #taken(bytes: number): void {
    if (!this.#over) this.reply.taken(bytes);
  }

  #fail(error: unknown): void {
    if (this.#over) return;
    const fault = faultOf(error, this.permitted.at);
    this.#end(outcomeOf(fault));
    this.reply.failed({ code: fault.code, message: fault.message });
  }

  #end(outcome: EgressOutcome): void {
    if (this.#over) return;
    this.#over = true;
    clearTimeout(this.#timer);
    if (outcome !== 'answered') this.#controller?.abort(new Error('aborted'));
    this.#upload?.stream.destroy();
    const { host } = this.permitted;
    this.done({ host, outcome, sentBytes: this.#upload?.bytes ?? 0, receivedBytes: this.#received });
  }
}

/** What is asked of the host: with the question mark of an empty query, which `search` has not. */
function pathOf({ href, protocol }: URL): string {
  const [target = ''] = href.split('#', 1);
  return target.slice(target.indexOf('/', `${protocol}//`.length));
}

function outcomeOf({ code }: EgressFault): EgressOutcome {
  if (code === EGRESS_CODES.refused) return 'refused';
  return code === EGRESS_CODES.limit ? 'limited' : 'failed';
}
