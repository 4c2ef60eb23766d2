import { createRequire } from 'node:module';
import { argument } from './argument.js';
import { BYTE_OPERATIONS, type ByteFunction } from './byte-operations.js';
import type * as Calls from './calls.js';
import { Handles } from './handles.js';
import type { LentFunction, LentHost } from './lent-operations.js';
import { encodeError, isOverflow } from './thrown-by-node.js';
import type { ByteOperation, CallWithBytes, Lendable, Primitive } from '../../boundary/byte-operations.js';
import type { LentOperation } from '../../boundary/lent-operations.js';
import type { OperationName } from '../../boundary/node-functions.js';
import type { Reply } from '../../boundary/native-operations.js';

let loaded: typeof Calls | undefined;

/**
 * Loaded at the first call: most scripts make none, and each garbage collection of a runner marks what `crypto` and `zlib`
 * consist of. Named from a folder of `runner`, in which the bundle lies, too.
 */
function calls(): typeof Calls {
  return (loaded ??= createRequire(import.meta.url)('../native/calls.cjs') as typeof Calls);
}

/** Most calls of one context that are under way at a time. */
const MAX_PENDING = 10_000;

const NO_BYTES = Buffer.alloc(0);

/**
 * Node's own functions for one context: takes and gives texts, and bytes that are lent for a call. It holds what a handle
 * stands for until the context is closed.
 */
export class NodeHost implements LentHost {
  /** Objects of Node that the context holds. */
  readonly handles = new Handles((handle) => calls().finishedObjects().get(handle));
  readonly #settled: (ticket: number, reply: string) => void;
  #last = 0;
  #pending = 0;
  #entered = 0;
  #overflowed = false;
  #closed = false;
  #quiet: (() => void) | undefined;
  /** The bytes of the last result, until the context takes them. */
  #kept: Uint8Array = NO_BYTES;
  #failure: string | undefined;

  /** @param settled takes the reply of a call that was under way */
  constructor(settled: (ticket: number, reply: string) => void) {
    this.#settled = settled;
  }

  /** Calls that are under way. */
  get pending(): number {
    return this.#pending;
  }

  /** Whether no call is under way, and Node's own modules are whole. */
  get isQuiet(): boolean {
    return this.#pending === 0 && this.#entered === 0 && !this.#overflowed;
  }

  /**
   * Calls one of Node's functions, or a function on lent bytes. Returns undefined if it fails. Throws only on a full stack, and
   * then an error of this realm.
   */
  readonly lend: CallWithBytes = (operation, a, b, c, d, e) => {
    this.#entered += 1;
    const result = this.#withBytes(operation, a, b, c, d, e);
    this.#entered -= 1;
    return result;
  };

  /**
   * Drops all that the context held. What is still under way goes on, and would do so at the cost of the next
   * context.
   * @param quiet called when nothing is under way any more; never when a stack overflow may have left Node's own
   *   modules half loaded: then no other context is to be made in this process
   */
  close(quiet: () => void): void {
    this.#closed = true;
    this.handles.clear();
    if (this.#overflowed || this.#entered > 0) return;
    if (this.#pending === 0) quiet();
    else this.#quiet = quiet;
  }

  /** Calls one of the operations, and replies in JSON. Bytes of the reply are kept. */
  call(name: string, args: string, bytes: Buffer = NO_BYTES): string {
    const { OPERATIONS, decodeArguments } = calls();
    const operation = Object.hasOwn(OPERATIONS, name) ? OPERATIONS[name as OperationName] : undefined;
    if (operation === undefined) throw new TypeError('unknown operation');
    const decoded = decodeArguments(args, bytes, this.handles);
    if (operation.kind === 'now') return this.#encoded(operation.run(decoded, this.handles));
    if (this.#pending >= MAX_PENDING)
      throw new RangeError(`more than ${MAX_PENDING} native calls in progress`);
    const ticket = (this.#last += 1);
    operation.start(decoded, (reply) => this.#settle(ticket, reply));
    this.#pending += 1;
    const begun: Reply = { ticket };
    return JSON.stringify(begun);
  }

  keep(bytes: Uint8Array): void {
    this.#kept = bytes;
  }

  take(into: Buffer): boolean {
    if (into.length !== this.#kept.length) throw new TypeError('another number of bytes expected');
    into.set(this.#kept);
    this.#kept = NO_BYTES;
    return true;
  }

  failure(): string | undefined {
    return this.#failure;
  }

  #withBytes(name: unknown, a: Lendable, b: Lendable, c: Lendable, d: Lendable, e: Lendable): Primitive {
    if (typeof name !== 'string') return undefined;
    const plain = BYTE_OPERATIONS[name as ByteOperation] as ByteFunction | undefined;
    try {
      if (plain !== undefined)
        return plain(argument(a), argument(b), argument(c), argument(d), argument(e), this.handles);
      const operation = calls().LENT_OPERATIONS[name as LentOperation] as LentFunction | undefined;
      return operation?.(this, argument(a), argument(b), argument(c), argument(d), argument(e));
    } catch (error) {
      if (isOverflow(error)) {
        this.#overflowed = true;
        throw error;
      }
      if (plain === undefined) this.#failure = encodeError(error);
      return undefined;
    }
  }

  /** @throws RangeError for a result that is too large; TypeError for one that cannot be sent */
  #encoded(value: unknown): string {
    const { reply, bytes } = calls().encodeValue(value, this.handles);
    this.#kept = bytes;
    return reply;
  }

  #settle(ticket: number, outcome: { readonly value: unknown } | { readonly error: unknown }): void {
    this.#pending -= 1;
    if (this.#closed) {
      if (this.#pending === 0) this.#quiet?.();
      return;
    }
    this.#settled(ticket, this.#replyOf(outcome));
  }

  #replyOf(outcome: { readonly value: unknown } | { readonly error: unknown }): string {
    if ('error' in outcome) return encodeError(outcome.error);
    try {
      return this.#encoded(outcome.value);
    } catch (error) {
      return encodeError(error);
    }
  }
}
