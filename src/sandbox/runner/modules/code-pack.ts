import type * as Crypto from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { createRequire } from 'node:module';
import { MAX_PACK_BYTES } from '../../boundary/code-packs.js';
import { codeOf } from './file-system.js';

/**
 * A code pack: for each file of a package what V8 made of it, with the file's bytes, by which it is found to be the
 * same.
 *
 * `"JSDPACK1"`, the size of the whole file and of the index (32 bits each, little-endian), the index as JSON
 * ({@link Row} by key), and for each file its code, then its text where that is not its bytes between two others, and
 * then its bytes.
 */
const MAGIC = Buffer.from('JSDPACK1');
const HEAD_BYTES = MAGIC.length + 8;
/** V8 copies code that does not begin at such a multiple. */
const ALIGNMENT = 8;

type Row = readonly [
  /** Where the file's part begins. */
  at: number,
  codeBytes: number,
  /** 0 where the text is `before`, the decoded bytes, `after`. */
  textBytes: number,
  sourceBytes: number,
  /**
   * SHA-256 of code and text: V8 would run damaged code. It is no protection against those who can write the file.
   */
  digest: string,
  /** Characters of the text before the author's first one. */
  prefix: number,
  before: string,
  after: string,
];

/** A file's compiled code. */
export interface CompiledFile {
  /** The file as it is read. */
  readonly source: Buffer;
  /** What V8 compiled. */
  readonly text: string;
  readonly prefix: number;
  /** V8's code cache. */
  readonly code: Buffer;
}

/** The text of a file, as modules have it. */
export function decoded(source: Buffer): string {
  const text = source.toString('utf8');
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

/** The bytes of a pack. */
export function encodePack(files: ReadonlyMap<string, CompiledFile>): Buffer {
  const parts = [...files].map(([key, file]) => Object.assign(partOf(file), { key }));
  const index: Record<string, Row> = {};
  // The places depend on the length of the index: with as many digits, it stays as long.
  const place = (from: number): Buffer => {
    let at = from;
    for (const { key, bytes, row } of parts) {
      index[key] = [at, ...row];
      at += bytes.length;
    }
    return Buffer.from(JSON.stringify(index));
  };
  const room = aligned(HEAD_BYTES + place(MAX_PACK_BYTES).length);
  const json = place(room);
  const head = Buffer.alloc(room);
  const size = parts.reduce((sum, { bytes }) => sum + bytes.length, room);
  head.set(MAGIC, 0);
  head.writeUInt32LE(size, MAGIC.length);
  head.writeUInt32LE(json.length, MAGIC.length + 4);
  head.set(json, HEAD_BYTES);
  return Buffer.concat([head, ...parts.map(({ bytes }) => bytes)]);
}

type RowWithoutPlace = Row extends readonly [number, ...infer Rest] ? readonly [...Rest] : never;

function partOf({ source, text, prefix, code }: CompiledFile): { bytes: Buffer; row: RowWithoutPlace } {
  const plain = decoded(source);
  const isPlain = text.startsWith(plain, prefix);
  const rewritten = isPlain ? Buffer.alloc(0) : Buffer.from(text);
  const bytes = Buffer.alloc(aligned(code.length + rewritten.length + source.length));
  bytes.set(code, 0);
  bytes.set(rewritten, code.length);
  bytes.set(source, code.length + rewritten.length);
  return {
    bytes,
    row: [
      code.length,
      rewritten.length,
      source.length,
      digestOf(bytes.subarray(0, code.length + rewritten.length)),
      prefix,
      isPlain ? text.slice(0, prefix) : '',
      isPlain ? text.slice(prefix + plain.length) : '',
    ],
  };
}

function aligned(length: number): number {
  return Math.ceil(length / ALIGNMENT) * ALIGNMENT;
}

/** A pack that is open for reading. */
export class CodePack {
  private constructor(
    private readonly fd: number,
    private readonly size: number,
    private readonly index: Readonly<Record<string, Row>>,
  ) {}

  /** @returns undefined where there is none, or one that is not whole */
  static open(path: string): CodePack | undefined {
    let fd: number;
    try {
      fd = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW);
    } catch (error) {
      if (codeOf(error) !== undefined) return undefined;
      throw error;
    }
    try {
      const pack = read(fd);
      if (pack !== undefined) return new CodePack(fd, ...pack);
    } catch (error) {
      // A full stack is the script's doing, and says nothing of the pack.
      if (error instanceof RangeError) throw error;
    }
    closeSync(fd);
    return undefined;
  }

  /** @returns undefined where the pack does not have this file, or it was damaged */
  find(key: string, source: Buffer): Omit<CompiledFile, 'source'> | undefined {
    const row = Object.hasOwn(this.index, key) ? this.index[key] : undefined;
    if (row === undefined) return undefined;
    const [at, codeBytes, textBytes, sourceBytes, digest, prefix, before, after] = row;
    if (sourceBytes !== source.length) return undefined;
    const end = codeBytes + textBytes;
    const length = aligned(end + sourceBytes);
    if (!(length > 0 && at + length <= this.size)) return undefined;
    const bytes = Buffer.allocUnsafeSlow(length);
    if (readSync(this.fd, bytes, 0, length, at) !== length) return undefined;
    if (source.compare(bytes, end, end + sourceBytes) !== 0 || digestOf(bytes.subarray(0, end)) !== digest)
      return undefined;
    return {
      prefix,
      text: textBytes === 0 ? before + decoded(source) + after : bytes.toString('utf8', codeBytes, end),
      code: bytes.subarray(0, codeBytes),
    };
  }

  close(): void {
    closeSync(this.fd);
  }
}

function read(fd: number): [size: number, index: Readonly<Record<string, Row>>] | undefined {
  const { size } = fstatSync(fd);
  if (size < HEAD_BYTES || size > MAX_PACK_BYTES) return undefined;
  const head = Buffer.alloc(HEAD_BYTES);
  readSync(fd, head, 0, HEAD_BYTES, 0);
  const length = head.readUInt32LE(MAGIC.length + 4);
  const isWhole = head.subarray(0, MAGIC.length).equals(MAGIC) && head.readUInt32LE(MAGIC.length) === size;
  if (!isWhole || length > size - HEAD_BYTES) return undefined;
  const json = Buffer.alloc(length);
  readSync(fd, json, 0, length, HEAD_BYTES);
  return [size, JSON.parse(json.toString('utf8')) as Readonly<Record<string, Row>>];
}

const require = createRequire(import.meta.url);
let crypto: typeof Crypto | undefined;

/** Loaded by the first pack. */
function digestOf(bytes: Buffer): string {
  crypto ??= require('node:crypto') as typeof Crypto;
  return crypto.hash('sha256', bytes, 'base64');
}
