import { readKey, textOfThrown } from './json.js';
import type { ErrorReply } from './reply-errors.js';
import type { HostFunctions } from './script.js';
import { errorFrame, isLonger, resultFrame } from './wire.js';

type Served = (args: readonly unknown[]) => unknown;

const THREW = 1000;
const UNKNOWN: ErrorReply = { code: 1101, message: 'Unknown method' };

/** The functions that one script may call, by their dotted names. */
export class OfferedFunctions {
  readonly #served = new Map<string, Served>();

  /** @throws TypeError for what is neither a function nor a group of them, and for a group that contains itself */
  constructor(functions: HostFunctions) {
    this.#collect(functions, '', []);
  }

  get names(): readonly string[] {
    return [...this.#served.keys()];
  }

  /**
   * Calls one; gives the frame that answers the call. An error of the function arrives in the script with its message,
   * and with its `code` and `data` where it has them; nothing else of it does. Never rejects, whatever was thrown.
   * @param maxBytes the longest frame that the service takes; a longer one would close the connection for all
   */
  async answer(id: unknown, name: string, args: unknown, maxBytes: number): Promise<string> {
    const served = this.#served.get(name);
    if (served === undefined) return errorFrame(id, UNKNOWN);
    let frame: string;
    try {
      frame = resultFrame(id, await served(Array.isArray(args) ? args : []));
    } catch (error) {
      frame = failureFrame(id, error);
    }
    if (!isLonger(frame, maxBytes)) return frame;
    return errorFrame(id, { code: THREW, message: `the answer of ${name} is longer than maxFrameBytes` });
  }

  #collect(group: HostFunctions, prefix: string, within: readonly HostFunctions[]): void {
    if (within.includes(group)) throw new TypeError(`functions: ${prefix.slice(0, -1)} contains itself`);
    for (const [key, entry] of Object.entries(group)) {
      const name = `${prefix}${key}`;
      if (typeof entry === 'function') {
        this.#served.set(name, (args) => Reflect.apply(entry, group, args));
      } else if (typeof entry === 'object' && entry !== null) {
        this.#collect(entry, `${name}.`, [...within, group]);
      } else throw new TypeError(`functions: ${name} is neither a function nor a group of functions`);
    }
  }
}

function failureFrame(id: unknown, error: unknown): string {
  const code = readKey(error, 'code');
  const data = readKey(error, 'data');
  const reply = {
    code: Number.isSafeInteger(code) ? (code as number) : THREW,
    message: textOfThrown(error),
  };
  try {
    return errorFrame(id, data === undefined ? reply : { ...reply, data });
  } catch {
    // JSON cannot carry its data.
    return errorFrame(id, reply);
  }
}
