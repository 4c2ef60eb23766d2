import { jsonParts, type TextParts } from '../../json-text/index.js';
import type { ExecutionWatcher } from '../execution.js';
import type { HostFault, Settled } from '../boundary/messages.js';
import type { RunnerMessage } from './runner-message.js';
import type { Run, RunningExecution } from './running-execution.js';

/** Most calls of one execution that are under way, past which one fails; and most in all, past which the script is ended. */
const MAX_OPEN = 64;
const MAX_CALLS = 10_000;
/** Longest wait for one of them. */
const TIMEOUT_MS = 60_000;
/** Results that the runner has not read may be so much larger together than one result may be. */
const SLACK_BYTES = 65_536;

type Called = Extract<RunnerMessage, { readonly kind: 'called' }>;

/** What the calls of one execution go through. */
export interface HostCallsLinks {
  readonly call: NonNullable<ExecutionWatcher['call']>;
  /**
   * Tells the runner what a call came to.
   * @param json of {@link Settled}, whose value may be a `JsonText`
   * @param flushed called when the runner has read it, or never will
   */
  send(json: TextParts, flushed: () => void): void;
  /** More calls were made than may be. */
  excess(): void;
  /** The script now waits for the host, or does so no more. */
  waits(forHost: boolean): void;
}

/** The calls that one script makes of its host's functions: only of those that it was offered. */
export class HostCalls {
  readonly #open = new Set<number>();
  #calls = 0;
  /** Bytes of results on their way to the runner. */
  #unreadBytes = 0;
  #closed = false;

  /** @param maxBytes of what a function gives back, as JSON; and of all results together that the runner has not read */
  constructor(
    private readonly offered: readonly string[],
    private readonly maxBytes: number,
    private readonly links: HostCallsLinks,
  ) {}

  /** @returns false when no runner of ours makes such a call */
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

  /** The execution is over: what still comes is for nobody. */
  close(): void {
    this.#closed = true;
  }

  async #follow(ticket: number, name: string, args: Called['args']): Promise<void> {
    if (this.#open.size === 1) this.links.waits(true);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      const give = (): void => reject(new Error('the host did not answer in time'));
      // Where the loop stood still, its answer is read first.
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

/** @returns nothing where the execution was offered no function */
export function hostCallsOf(
  { watcher, functions = [], hostTime, bounds }: Run,
  running: RunningExecution,
  send: HostCallsLinks['send'],
): HostCalls | undefined {
  const call = watcher?.call?.bind(watcher);
  if (call === undefined || functions.length === 0) return undefined;
  const waits = (forHost: boolean): void => {
    if (hostTime !== 'pauses') return;
    if (forHost) running.deadline.pause();
    else running.deadline.resume();
  };
  const excess = (): void => running.end({ kind: 'exhausted', limit: 'calls' });
  return new HostCalls(functions, bounds.maxResultBytes, { call, send, excess, waits });
}

/** @returns undefined for what is nested more deeply than JSON can be made of */
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

/** Errors of the client have a code and data; one of ours is told by its message only. */
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
