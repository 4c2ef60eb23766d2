import { type BytesKind, TAG, type Wire } from '../../boundary/native-operations.js';
import { bytesOf } from '../../boundary/latin1.js';
import type { Written } from './parts.js';

/** How to write each object that stands for one of Node's. */
export const written = new WeakMap<object, Written>();

/** No argument of a Node function is nested more deeply. */
const MAX_DEPTH = 12;

interface Encoded {
  readonly json: string;
  /** Lent to the host; undefined if there are none. */
  readonly bytes: Uint8Array | undefined;
}

/** Encodes the arguments of a call; a function becomes a mark, since no operation takes one. */
export function encodeArguments(args: readonly unknown[]): Encoded {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const put = (added: Uint8Array): [number, number] => {
    const offset = length;
    chunks.push(added);
    length += added.length;
    return [offset, added.length];
  };

  function encode(value: unknown, depth: number): Wire {
    switch (typeof value) {
      case 'string':
      case 'boolean':
        return value;
      case 'undefined':
        return [TAG.undefined];
      case 'number':
        return Number.isFinite(value) && !Object.is(value, -0)
          ? value
          : [TAG.number, Object.is(value, -0) ? '-0' : String(value)];
      case 'bigint':
        return [TAG.bigint, String(value)];
      case 'object':
        return value === null ? null : object(value, depth);
      default:
        return [TAG.other];
    }
  }

  function object(value: object, depth: number): Wire {
    const own = written.get(value);
    if (own !== undefined) return own(put);
    const view = bytesOf(value);
    if (view !== undefined)
      return ArrayBuffer.isView(value)
        ? [TAG.bytes, ...put(view)]
        : [TAG.bytes, ...put(view), 'ArrayBuffer' satisfies BytesKind];
    if (depth > MAX_DEPTH) return [TAG.undefined];
    if (Array.isArray(value)) return [TAG.array, ...value.map((item) => encode(item, depth + 1))];
    const fields: Record<string, Wire> = Object.create(null) as Record<string, Wire>;
    // Inherited ones, too: Node reads options like that, and some are objects of a class.
    for (const key in value) fields[key] = encode((value as Record<string, unknown>)[key], depth + 1);
    return fields;
  }

  const json = JSON.stringify(args.map((value) => encode(value, 0)));
  return { json, bytes: chunks.length > 1 ? joined(chunks, length) : chunks[0] };
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
