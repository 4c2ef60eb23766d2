import { FILE_CHUNK_BYTES } from '../../boundary/loader-protocol.js';
import { type Readable, readable } from './builtins.js';
import type { OwnFilesReader } from './reader.js';

const HIGH_WATER_MARK = 65_536;

type Options = { readonly [name: string]: unknown };

/**
 * Node's `fs.createReadStream`: reads a file in chunks, as they are asked for.
 * @param options `start` and `end` (inclusive) in bytes, `encoding`, `highWaterMark`
 */
export function createReadStream(files: OwnFilesReader, path: string, options: Options): object {
  const { start, end, encoding } = options;
  const highWaterMark =
    typeof options['highWaterMark'] === 'number' ? options['highWaterMark'] : HIGH_WATER_MARK;
  const last = typeof end === 'number' ? end : Infinity;
  let at = typeof start === 'number' ? start : 0;
  /** What is left of the last chunk. */
  let rest = new Uint8Array(0);
  const stream = readable({
    highWaterMark,
    ...(typeof encoding === 'string' && { encoding }),
    // A file that cannot be read is an error at once, though nobody reads.
    construct(done: (error?: unknown) => void) {
      try {
        files.stat(path, 'createReadStream', 'open');
        done();
      } catch (error) {
        done(error);
      }
    },
    read(this: Readable & { bytesRead: number }, wanted: number) {
      try {
        if (rest.length === 0 && at <= last) {
          const next = files.chunk(path, at, 'createReadStream') as Uint8Array<ArrayBuffer>;
          rest = next.subarray(0, Math.min(next.length, last - at + 1, FILE_CHUNK_BYTES));
          at += rest.length;
        }
        if (rest.length === 0) {
          this.push(null);
          return;
        }
        const part = rest.subarray(0, wanted);
        rest = rest.subarray(part.length);
        this.bytesRead += part.length;
        this.push(part);
      } catch (error) {
        this.destroy(error);
      }
    },
  });
  return Object.assign(stream, {
    path,
    bytesRead: 0,
    close: (then?: () => void) => stream.destroy(undefined, then),
  });
}
