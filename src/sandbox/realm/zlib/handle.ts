import { bytesOf } from '../../boundary/latin1.js';
import type { ZlibClass } from '../../boundary/node-functions.js';
import { native } from '../kit/native-calls.js';
import type { Held } from '../kit/wire-decode.js';

/** What Node makes of the options of a stream. */
export interface Settings {
  readonly chunkSize: number;
  readonly flush: number;
  readonly finishFlush: number;
  readonly fullFlush: number;
  readonly maxOutputLength: number;
  readonly level?: number;
  readonly strategy?: number;
}

type OnError = (message: string, errno: number, code: string) => void;

/** What a stream of Node has as `_handle`; packages use it. It stands for a handle of Node in the runner. */
export class ZlibHandle {
  /** Called for an error of the data, in the place of throwing it. */
  onerror: OnError | undefined;
  readonly #id: number;
  /** What a write has left: of the output, and of the input. */
  readonly #left: Uint8Array;

  private constructor(id: number, left: Uint32Array) {
    this.#id = id;
    this.#left = new Uint8Array(left.buffer);
    native.track(this, id);
  }

  /** @throws Node's error for invalid options */
  static open(
    kind: ZlibClass,
    options: unknown,
    left: Uint32Array,
  ): readonly [handle: ZlibHandle, settings: Settings] {
    const { handle, facts } = native.call(`zlib.create.${kind}`, options) as Held;
    return [new ZlibHandle(handle, left), facts as Settings];
  }

  writeSync(
    flush: number,
    input: unknown,
    inOffset: number,
    inLength: number,
    output: unknown,
    outOffset: number,
    outLength: number,
  ): void {
    const result = native.fast<true | string>(
      'zlibWrite',
      this.#id,
      flush,
      part(input, inOffset, inLength),
      part(output, outOffset, outLength),
      this.#left,
    );
    if (result === true) return;
    const [errno, code, message] = result.split('\n') as [string, string, string];
    this.onerror?.(message, Number(errno), code);
  }

  params(level: number, strategy: number): void {
    native.call('zlib.params', this.#id, level, strategy);
  }

  reset(): void {
    native.call('zlib.reset', this.#id);
  }

  close(): void {
    native.call('zlib.close', this.#id);
  }
}

function part(bytes: unknown, offset: number, length: number): Uint8Array {
  return (bytesOf(bytes) ?? new Uint8Array()).subarray(offset, offset + length);
}
