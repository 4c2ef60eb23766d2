import { readKey, textOfThrown } from './json.js';
import type { ErrorReply } from './reply-errors.js';
import type { HostFunctions } from './script.js';
import { errorFrame, exceedsBytes, resultFrame } from './wire.js';

type HostFunctionCall = (args: readonly unknown[]) => unknown;

const THREW = 1000;
const UNKNOWN: ErrorReply = { code: 1101, message: 'Unknown method' };

/** The host functions of one execution, by their dotted names. */
export class HostFunctionRegistry {
  readonly #calls = new Map<string, HostFunctionCall>();

  /** @throws TypeError if an entry is neither a function nor a group of functions, or if a group contains itself */
  constructor(functions: HostFunctions) {
    this.#register(functions, '', []);
  }

  get names(): readonly string[] {
    return [...this.#calls.keys()];
  }

  /**
   * Calls a host function and returns the reply frame. An error reaches the script with its message, and with its
   * `code` and `data` if it has them; the stack stays here. Never rejects, whatever the function throws.
   * @param maxBytes the service's limit; a longer frame would close the connection for all executions
   */
  async call(id: unknown, name: string, args: unknown, maxBytes: number): Promise<string> {
    const hostFunction = this.#calls.get(name);
    if (hostFunction === undefined) return errorFrame(id, UNKNOWN);
    let frame: string;
    try {
      frame = resultFrame(id, await hostFunction(Array.isArray(args) ? args : []));
    } catch (error) {
      frame = failureFrame(id, error);
    }
    if (!exceedsBytes(frame, maxBytes)) return frame;
    return errorFrame(id, { code: THREW, message: `the result of ${name} exceeds maxFrameBytes` });
  }

  #register(group: HostFunctions, prefix: string, parents: readonly HostFunctions[]): void {
    if (parents.includes(group)) throw new TypeError(`functions: ${prefix.slice(0, -1)} contains itself`);
    for (const [key, entry] of Object.entries(group)) {
      const name = `${prefix}${key}`;
      if (typeof entry === 'function') {
        this.#calls.set(name, (args) => Reflect.apply(entry, group, args));
      } else if (typeof entry === 'object' && entry !== null) {
        this.#register(entry, `${name}.`, [...parents, group]);
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
    // The data cannot be serialized as JSON.
    return errorFrame(id, reply);
  }
}
