import type { ExecutionWatcher } from '../execution.js';
import { type HostFault, type Settled, isLonger } from '../runner/messages.js';
import type { Deadline } from './deadline.js';
import type { RunnerMessage } from './runner-message.js';
import type { Run } from './running-execution.js';

/** Most calls of one execution that are under way, and most in all. */
const MAX_OPEN = 64;
const MAX_CALLS = 10_000;
/** Longest wait for one of them. */
const TIMEOUT_MS = 60_000;

type Called = Extract<RunnerMessage, { readonly kind: 'called' }>;

/** What the calls of one execution go through. */
export interface HostCallsLinks {
  readonly call: NonNullable<ExecutionWatcher['call']>;
  /** Tells the runner what a call came to. */
  send(settled: Settled): void;
  /** The script now waits for the host, or does so no more. */
  waits(forHost: boolean): void;
}

/** The calls that one script makes of its host's functions: only of those that it was offered. */
export class HostCalls {
  readonly #open = new Set<number>();
  #calls = 0;
  #closed = false;

  /** @param maxBytes of what a function gives back, as JSON */
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
    if (this.#open.size > MAX_OPEN) this.#fail(ticket, { message: 'too many calls of the host at once' });
    else if (this.#calls > MAX_CALLS) this.#fail(ticket, { message: 'too many calls of the host' });
    else void this.#follow(ticket, name, args);
    return true;
  }

  /** The execution is over: what still comes is for nobody. */
  close(): void {
    this.#closed = true;
  }

  async #follow(ticket: number, name: string, args: readonly unknown[]): Promise<void> {
    if (this.#open.size === 1) this.links.waits(true);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('the host did not answer in time')), TIMEOUT_MS).unref();
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
    this.links.send(isTooLarge(settled, this.maxBytes) ? tooLarge(settled.ticket) : settled);
  }
}

/** @returns nothing where the execution was offered no function */
export function hostCallsOf(
  { watcher, functions = [], hostTime, bounds }: Run,
  deadline: Deadline,
  send: HostCallsLinks['send'],
): HostCalls | undefined {
  const call = watcher?.call?.bind(watcher);
  if (call === undefined || functions.length === 0) return undefined;
  const waits = (forHost: boolean): void => {
    if (hostTime !== 'pauses') return;
    if (forHost) deadline.pause();
    else deadline.resume();
  };
  return new HostCalls(functions, bounds.maxResultBytes, { call, send, waits });
}

function isTooLarge(settled: Settled, maxBytes: number): boolean {
  try {
    return isLonger(JSON.stringify(settled), maxBytes);
  } catch {
    // Nested more deeply than JSON can be made of.
    return true;
  }
}

function tooLarge(ticket: number): Settled {
  return { ticket, error: { message: 'what the host gave back is too large' } };
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
