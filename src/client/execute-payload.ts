import { jsonOf } from './json.js';
import type { CallRequest } from './script.js';

/**
 * JSON payload of a `runtime.execute` request. It is serialized in the call itself, so later changes by the caller are
 * not sent.
 */
export class ExecutePayload {
  /** Whether the caller set `options.stream`. */
  readonly hasStreamOption: boolean;
  readonly #script: string;
  /** JSON of an object. */
  readonly #options: string;

  /**
   * @param script the code, language and caller, or the id of a prepared script
   * @param functions names of the host functions
   * @throws TypeError if the request cannot be serialized as JSON
   */
  constructor(
    { globals, call, options }: CallRequest,
    script: Readonly<Record<string, unknown>>,
    functions: readonly string[],
  ) {
    this.hasStreamOption = options?.stream !== undefined;
    this.#script = jsonOf('the script or its globals', { ...script, globals, call });
    this.#options = jsonOf('options', { ...options, ...(functions.length === 0 ? {} : { functions }) });
    if (!this.#options.startsWith('{')) throw new TypeError('options must be an object');
  }

  /** @param streams adds `stream` to the options; only valid if the caller did not set it */
  json(streams: boolean): string {
    const options = streams ? withStream(this.#options) : this.#options;
    return options === '{}' ? this.#script : `${this.#script.slice(0, -1)},"options":${options}}`;
  }
}

function withStream(options: string): string {
  return options === '{}' ? '{"stream":true}' : `${options.slice(0, -1)},"stream":true}`;
}
