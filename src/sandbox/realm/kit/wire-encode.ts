import { TAG, type Wire } from '../../boundary/native-operations.js';
import { bytesOf, toLatin1 } from '../../boundary/latin1.js';
import type { Written } from './parts.js';

/** How to write each object that stands for one of Node's. */
export const written = new WeakMap<object, Written>();

/** No argument of a Node function is nested more deeply. */
const MAX_DEPTH = 12;

/** Encodes the arguments of a call; a function becomes a mark, since no operation takes one. */
export function encodeArguments(args: readonly unknown[]): { readonly json: string; readonly bytes: string } {
  let bytes = '';
  const put = (added: Uint8Array): [number, number] => {
    const offset = bytes.length;
    bytes += toLatin1(added);
    return [offset, bytes.length - offset];
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
    if (view !== undefined) return [TAG.bytes, ...put(view)];
    if (depth > MAX_DEPTH) return [TAG.undefined];
    if (Array.isArray(value)) return [TAG.array, ...value.map((item) => encode(item, depth + 1))];
    const fields: Record<string, Wire> = Object.create(null) as Record<string, Wire>;
    // Inherited ones, too: Node reads options like that, and some are objects of a class.
    for (const key in value) fields[key] = encode((value as Record<string, unknown>)[key], depth + 1);
    return fields;
  }

  const json = JSON.stringify(args.map((value) => encode(value, 0)));
  return { json, bytes };
}
