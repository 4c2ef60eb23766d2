import { jsonParts, type TextParts } from '../../json-text/index.js';
import type { ExecutionWatcher } from '../execution.js';
import type { HostFault, Settled } from '../boundary/messages.js';
import type { RunnerMessage } from './runner-message.js';

/** Max concurrent calls of one execution: further ones fail. And max calls in all: a further one ends the script. */
const MAX_OPEN = 64;
const MAX_CALLS = 10_000;
/** Max wait for one call. */
const TIMEOUT_MS = 60_000;
/** How much larger than one result all unread results together may be. */
const SLACK_BYTES = 65_536;

type Called = Extract<RunnerMessage, { readonly kind: 'called' }>;

/** What the calls of one execution need. */
export interface HostCallsLinks {
  readonly call: NonNullable<ExecutionWatcher['call']>;
  /**
   * Sends the result of a call to the runner.
   * @param json of {@link Settled}, whose value may be a `JsonText`
   * @param flushed called when the runner has read it, or never will
   */
  send(json: TextParts, flushed: () => void): void;
  /** The script has made too many calls. */
  excess(): void;
  /** The script begins, or ends, to wait for the host. */
  waits(forHost: boolean): void;
}

/** The calls that one script makes of host functions: only of those that it was offered. */
export class HostCalls {
  readonly #open = new Set<number>();
  #calls = 0;
  /** Bytes of results that the runner has not read. */
  #unreadBytes = 0;
  #closed = false;

  /** @param maxBytes of a result, as JSON; and of all results together that the runner has not read */
  constructor(
    private readonly offered: readonly string[],
    private readonly maxBytes: number,
    private readonly links: HostCallsLinks,
  ) {}

  /** @returns false on a protocol violation: our runner makes no such call */
  take({ ticket, name, args }: Called): boolean {
    if (!this.offered.includes(name) || this.#open.has(ticket)) return false;
    this.#open.add(ticket);
    this.#calls += 1;
    if (this.#calls > MAX_CALLS) this.links.excess();
    else if (this.#open.size > MAX_OPEN)
      this.#fail(ticket, { message: 'too many calls of the host at once' });
    else void this.#follow(ticket, name, args);
    return true;
  }

  /** The execution is over: late results are dropped. */
  close(): void {
    this.#closed = true;
  }

  async #follow(ticket: number, name: string, args: Called['args']): Promise<void> {
    if (this.#open.size === 1) this.links.waits(true);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      const give = (): void => reject(new Error('the host did not answer in time'));
      // After a stall of the event loop, the answer is read first.
      timer = setTimeout(() => setImmediate(give), TIMEOUT_MS).unref();
    });
    try {
      const value = (await Promise.race([this.links.call(name, args), late])) ?? null;
      this.#settle({ ticket, value });
    } catch (error) {
      this.#fail(ticket, faultOf(error));
    } finally {
      clearTimeout(timer);
    }
  }

  #fail(ticket: number, error: HostFault): void {
    this.#settle({ ticket, error });
  }

  #settle(settled: Settled): void {
    this.#open.delete(settled.ticket);
    if (this.#closed) return;
    if (this.#open.size === 0) this.links.waits(false);
    const { ticket } = settled;
    const json = jsonOf(settled);
    const bytes = json === undefined ? Infinity : bytesIn(json);
    if (json === undefined || bytes > this.maxBytes)
      return this.#send(faultText(ticket, 'the host function’s result is too large'));
    if (this.#unreadBytes + bytes > this.maxBytes + SLACK_BYTES)
      return this.#send(faultText(ticket, 'too many bytes of host function results are unread'));
    this.#send(json);
  }

  #send(json: TextParts): void {
    const bytes = bytesIn(json);
    this.#unreadBytes += bytes;
    this.links.send(json, () => {
      this.#unreadBytes -= bytes;
    });
  }
}

/** @returns undefined for a value that is nested too deeply for JSON.stringify */
function jsonOf(settled: Settled): TextParts | undefined {
  try {
    return jsonParts(settled);
  } catch {
    return undefined;
  }
}

function bytesIn(parts: TextParts): number {
  return parts.reduce((sum, part) => sum + Buffer.byteLength(part), 0);
}

function faultText(ticket: number, message: string): TextParts {
  return [JSON.stringify({ ticket, error: { message } } satisfies Settled)];
}

/** Errors of the client have a code and data; our own have a message only. */
function faultOf(error: unknown): HostFault {
  const { code, message, data } = (typeof error === 'object' && error !== null ? error : {}) as {
    code?: unknown;
    message?: unknown;
    data?: unknown;
  };
  return {
    ...(typeof code === 'number' && { code }),
    message: typeof message === 'string' ? message : 'the host’s function failed',
    ...(data !== undefined && { data }),
  };
}
