import { coded } from '../../boundary/coded-errors.js';
import { wellFormed } from '../web/well-formed.js';
import { from } from './allocate.js';
import { notBytes } from './checks.js';
import { type Codec, LATIN1, codecOf, decoded } from './codecs.js';
import { type FastBuffer, isUint8Array } from './fast-buffer.js';

const { lend } = environment;
const TRANSCODED = new Set(['utf8', 'ucs2', 'latin1', 'ascii']);

/**
 * Node's `buffer.transcode`, between the encodings that it knows. Not Node's own function: that of Node 20 writes outside of its
 * memory for some input.
 */
export function transcode(source: unknown, before: unknown, after: unknown): FastBuffer {
  if (!isUint8Array(source)) throw notBytes('source', source);
  if (source.length === 0) return from('');
  const [given, wanted] = [known(before), known(after)];
  if (wanted.name === 'ucs2') {
    // To UTF-16, ASCII is Latin-1; UTF-8 must be valid.
    if (given.name === 'utf8' && lend('isUtf8', source) !== true) throw failure('U_INVALID_CHAR_FOUND', 10);
    return from(
      wellFormed(decoded(source, given.name === 'ascii' ? LATIN1 : given, 0, source.length)),
      'ucs2',
    );
  }
  const text = textOf(source, given);
  if (wanted.name === 'utf8') {
    if (text !== wellFormed(text)) throw failure('U_INVALID_CHAR_FOUND', 10);
    return from(text, 'utf8');
  }
  const max = wanted.name === 'ascii' ? 0x7f : 0xff;
  // A question mark stands for a character that the target lacks.
  const fitting = Array.from(text, (sign) => ((sign.codePointAt(0) ?? 0) > max ? '?' : sign)).join('');
  return from(fitting, wanted.name);
}

function textOf(source: Uint8Array, codec: Codec): string {
  if (codec.name !== 'ascii') return decoded(source, codec, 0, source.length);
  return Array.from(source, (byte) => (byte < 0x80 ? String.fromCharCode(byte) : '\uFFFD')).join('');
}

function known(encoding: unknown): Codec {
  const codec = codecOf(encoding);
  if (codec !== undefined && TRANSCODED.has(codec.name)) return codec;
  throw failure('U_ILLEGAL_ARGUMENT_ERROR', 1);
}

function failure(code: string, errno: number): Error {
  return Object.assign(coded(new Error(`Unable to transcode Buffer [${code}]`), code), { errno });
}
