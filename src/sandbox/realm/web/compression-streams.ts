import { coded } from '../../boundary/coded-errors.js';
import { bytesOf } from '../../boundary/latin1.js';
import type { ZlibClass } from '../../boundary/node-functions.js';
import { describeClasses } from '../kit/define.js';
import { Engine, Z_FINISH, Z_NO_FLUSH } from '../zlib/engine.js';
import type { Streams } from './text-streams.js';

interface Controller {
  enqueue(chunk: unknown): void;
  error(reason: unknown): void;
}

const FORMATS: Readonly<Record<string, readonly [compress: ZlibClass, decompress: ZlibClass]>> = {
  __proto__: null as never,
  deflate: ['Deflate', 'Inflate'],
  'deflate-raw': ['DeflateRaw', 'InflateRaw'],
  gzip: ['Gzip', 'Gunzip'],
};

/** The standard's CompressionStream and DecompressionStream, over `zlib`. */
export function compressionStreams({ TransformStream }: Streams) {
  function pairOf(format: unknown, isCompressing: boolean) {
    const kinds = FORMATS[String(format)];
    if (kinds === undefined) {
      throw coded(
        new TypeError(`The argument 'format' must be one of: 'deflate', 'deflate-raw', 'gzip'`),
        'ERR_INVALID_ARG_VALUE',
      );
    }
    const engine = new Engine(kinds[isCompressing ? 0 : 1]);
    return new TransformStream({
      transform(chunk: unknown, controller: Controller) {
        const given = bytesOf(chunk);
        if (given === undefined) throw new TypeError('a chunk must be an ArrayBuffer or a view');
        engine.write(given, Z_NO_FLUSH, (output) => controller.enqueue(output));
      },
      flush(controller: Controller) {
        engine.write(new Uint8Array(), Z_FINISH, (output) => controller.enqueue(output));
        engine.close();
      },
    });
  }

  class CompressionStream {
    readonly #stream;

    constructor(format: unknown) {
      this.#stream = pairOf(format, true);
    }

    get readable(): unknown {
      return this.#stream.readable;
    }

    get writable(): unknown {
      return this.#stream.writable;
    }
  }

  class DecompressionStream {
    readonly #stream;

    constructor(format: unknown) {
      this.#stream = pairOf(format, false);
    }

    get readable(): unknown {
      return this.#stream.readable;
    }

    get writable(): unknown {
      return this.#stream.writable;
    }
  }

  const classes = { CompressionStream, DecompressionStream };
  describeClasses(classes);
  return classes;
}
