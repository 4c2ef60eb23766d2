import * as util from 'node:util';
import { DecoderFlags } from '../../boundary/byte-operations.js';
import { type Argument, bytesOf, countOf, textOf } from './argument.js';
import type { Handles } from './handles.js';

const encoder = new util.TextEncoder();

/** Decoders that are between two inputs, by flags and encoding. There are few names of encodings. */
const idle: readonly Map<string, util.TextDecoder>[] = [new Map(), new Map(), new Map(), new Map()];

const isDecoder = (object: object): object is util.TextDecoder => object instanceof util.TextDecoder;

function decode(bytes: Buffer, encoding: string, flags: number): string {
  const decoders = idle[flags] ?? new Map<string, util.TextDecoder>();
  const decoder = decoders.get(encoding) ?? decoderOf(encoding, flags);
  // One that throws may keep a part of its input: it is not used again, least of all for another script.
  decoders.delete(encoding);
  const text = decoder.decode(bytes);
  decoders.set(encoding, decoder);
  return text;
}

export function decoderOf(encoding: string, flags: number): util.TextDecoder {
  return new util.TextDecoder(encoding, {
    fatal: (flags & DecoderFlags.fatal) !== 0,
    ignoreBOM: (flags & DecoderFlags.ignoreBOM) !== 0,
  });
}

/** What `TextEncoder` and `TextDecoder` need of Node. */
export const TEXT_DECODING = {
  encodeInto(bytes: Argument, text: Argument, result: Argument): boolean {
    const { read, written } = encoder.encodeInto(textOf(text), bytesOf(bytes));
    const numbers = bytesOf(result);
    numbers.writeUInt32LE(read, 0);
    numbers.writeUInt32LE(written, 4);
    return true;
  },
  encodingName: (label: Argument) => new util.TextDecoder(textOf(label)).encoding,
  decode: (bytes: Argument, encoding: Argument, flags: Argument) =>
    decode(bytesOf(bytes), textOf(encoding), countOf(flags)),
  decodePart: (
    bytes: Argument,
    handle: Argument,
    more: Argument,
    _d: Argument,
    _e: Argument,
    handles: Handles,
  ) => handles.get(handle, isDecoder).decode(bytesOf(bytes), { stream: more === true }),
};
