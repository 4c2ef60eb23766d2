import { fromLatin1 } from '../../boundary/latin1.js';
import type { ZlibClass } from '../../boundary/node-functions.js';
import type { Decode } from '../kit/parts.js';
import { native } from '../kit/native-calls.js';
import { Engine } from '../zlib/engine.js';

/** One content coding: takes bytes, or their end, and gives bytes. */
type Step = (bytes: Uint8Array | undefined) => Uint8Array[];

/** Undoes the codings of a `content-encoding`; a body with one that is unknown is left as it is. */
export function decoder(codings: string): Decode {
  const steps = codings
    .split(',')
    .map((coding) => stepOf(coding.trim().toLowerCase()))
    .toReversed();
  if (steps.includes(undefined)) return (text) => (text === undefined ? [] : [bytesOf(text)]);
  return (text) => {
    let parts = text === undefined ? [] : [bytesOf(text)];
    for (const step of steps as Step[]) {
      const before = parts;
      parts = before.flatMap((bytes) => step(bytes));
      if (text === undefined) parts.push(...step(undefined));
    }
    return parts;
  };
}

function bytesOf(text: string): Uint8Array {
  return fromLatin1(text, 0, text.length);
}

function stepOf(coding: string): Step | undefined {
  const constants = native.call('zlib.constants') as Readonly<Record<string, number>>;
  const { Z_SYNC_FLUSH = 2, BROTLI_OPERATION_FLUSH = 1, ZSTD_e_continue = 0, ZSTD_e_end = 2 } = constants;
  switch (coding) {
    case 'gzip':
    case 'x-gzip':
      return engineStep(() => 'Gunzip', Z_SYNC_FLUSH, Z_SYNC_FLUSH);
    case 'deflate':
      // Some servers leave the header out.
      return engineStep(
        ([first = 0]) => ((first & 0x0f) === 8 ? 'Inflate' : 'InflateRaw'),
        Z_SYNC_FLUSH,
        Z_SYNC_FLUSH,
      );
    case 'br':
      return engineStep(() => 'BrotliDecompress', BROTLI_OPERATION_FLUSH, BROTLI_OPERATION_FLUSH);
    case 'zstd':
      if (!native.has('zlib.create.ZstdDecompress')) return undefined;
      return engineStep(() => 'ZstdDecompress', ZSTD_e_continue, ZSTD_e_end);
    default:
      return undefined;
  }
}

function engineStep(kindOf: (bytes: Uint8Array) => ZlibClass, flush: number, finish: number): Step {
  let engine: Engine | undefined;
  return (bytes) => {
    const output: Uint8Array[] = [];
    if (bytes === undefined) {
      engine?.write(new Uint8Array(0), finish, (part) => output.push(part));
      engine?.close();
      return output;
    }
    if (bytes.length === 0) return output;
    engine ??= new Engine(kindOf(bytes));
    engine.write(bytes, flush, (part) => output.push(part));
    return output;
  };
}
