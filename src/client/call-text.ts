import { jsonOf } from './json.js';
import type { CallRequest } from './script.js';

/** The JSON of one `runtime.execute`, made in the call itself: what the caller changes later is not sent. */
export class CallText {
  /** Whether the caller said whether to stream. */
  readonly streamIsGiven: boolean;
  readonly #script: string;
  /** JSON of an object. */
  readonly #options: string;

  /**
   * @param script its texts, or the id of a prepared one
   * @param functions names of those that are offered
   * @throws TypeError when JSON cannot carry it
   */
  constructor(
    { globals, call, options }: CallRequest,
    script: Readonly<Record<string, unknown>>,
    functions: readonly string[],
  ) {
    this.streamIsGiven = options?.stream !== undefined;
    this.#script = jsonOf('the script or its globals', { ...script, globals, call });
    this.#options = jsonOf('options', { ...options, ...(functions.length === 0 ? {} : { functions }) });
    if (!this.#options.startsWith('{')) throw new TypeError('options must be an object');
  }

  /** @param streams adds `stream` to the options; only where it is not given */
  payload(streams: boolean): string {
    const options = streams ? withStream(this.#options) : this.#options;
    return options === '{}' ? this.#script : `${this.#script.slice(0, -1)},"options":${options}}`;
  }
}

function withStream(options: string): string {
  return options === '{}' ? '{"stream":true}' : `${options.slice(0, -1)},"stream":true}`;
}
