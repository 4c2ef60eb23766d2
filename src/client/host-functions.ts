import type { ErrorReply } from './reply-errors.js';
import type { HostFunctions } from './script.js';
import { errorFrame, resultFrame } from './wire.js';

type Served = (args: readonly unknown[]) => unknown;

const THREW = 1000;
const UNKNOWN: ErrorReply = { code: 1101, message: 'Unknown method' };

/** The functions that one script may call, by their dotted names. */
export class OfferedFunctions {
  readonly #served = new Map<string, Served>();

  /** @throws TypeError for what is neither a function nor a group of them */
  constructor(functions: HostFunctions) {
    this.#collect(functions, '');
  }

  get names(): readonly string[] {
    return [...this.#served.keys()];
  }

  /**
   * Calls one; gives the frame that answers the call. An error of the function arrives in the script with its message,
   * and with its `code` and `data` where it has them; nothing else of it does.
   */
  async answer(id: unknown, name: string, args: unknown): Promise<string> {
    const served = this.#served.get(name);
    if (served === undefined) return errorFrame(id, UNKNOWN);
    try {
      return resultFrame(id, await served(Array.isArray(args) ? args : []));
    } catch (error) {
      return failureFrame(id, error);
    }
  }

  #collect(group: HostFunctions, prefix: string): void {
    for (const [key, entry] of Object.entries(group)) {
      const name = `${prefix}${key}`;
      if (typeof entry === 'function') {
        this.#served.set(name, (args) => Reflect.apply(entry, group, args));
      } else if (typeof entry === 'object' && entry !== null) this.#collect(entry, `${name}.`);
      else throw new TypeError(`functions: ${name} is neither a function nor a group of functions`);
    }
  }
}

function failureFrame(id: unknown, error: unknown): string {
  const { code, message, data } = (typeof error === 'object' && error !== null ? error : {}) as Partial<
    Record<keyof ErrorReply, unknown>
  >;
  const reply = {
    code: Number.isInteger(code) ? (code as number) : THREW,
    message: typeof message === 'string' ? message : String(error),
  };
  try {
    return errorFrame(id, data === undefined ? reply : { ...reply, data });
  } catch {
    // JSON cannot carry its data.
    return errorFrame(id, reply);
  }
}
