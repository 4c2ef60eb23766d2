import { coded } from '../../boundary/coded-errors.js';
import { bytesOf } from '../../boundary/latin1.js';
import type { ZlibClass } from '../../boundary/node-functions.js';
import { describeClasses } from '../kit/define.js';
import { part } from '../kit/parts.js';
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
    const zlib = part('zlib');
    const { Z_NO_FLUSH = 0, Z_FINISH = 4 } = zlib.constants;
    const engine = new zlib[kinds[isCompressing ? 0 : 1]]();
    const enqueue = (controller: Controller, chunk: unknown, flag: number) => {
      // oxlint-disable-next-line no-underscore-dangle -- Node's name, which packages use too
      const output = engine._processChunk(chunk, flag);
      if (output.length > 0) controller.enqueue(new Uint8Array(output));
    };
    return new TransformStream({
      transform(chunk: unknown, controller: Controller) {
        const given = bytesOf(chunk);
        if (given === undefined) throw new TypeError('a chunk must be an ArrayBuffer or a view');
        enqueue(controller, given, Z_NO_FLUSH);
      },
      flush: (controller: Controller) => enqueue(controller, new Uint8Array(), Z_FINISH),
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
