import { TAG, type Wire } from '../../boundary/native-operations.js';
import { bytesOf, textOfBytes } from '../../boundary/bytes-text.js';

/** How objects that stand for one of Node's are written; each is set when such an object is made. */
export type Written = (put: (bytes: Uint8Array) => [offset: number, length: number]) => Wire;
export const written = new WeakMap<object, Written>();

/** Nested more deeply, nothing that Node takes is. */
const MAX_DEPTH = 12;

/** Writes the arguments of a call; what Node can take no more of than its kind (a function) as just that. */
export function encodeArguments(args: readonly unknown[]): { readonly json: string; readonly bytes: string } {
  let bytes = '';
  const put = (added: Uint8Array): [number, number] => {
    const offset = bytes.length;
    bytes += textOfBytes(added);
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
    // Inherited ones, too: Node reads options so, and some are objects of a class.
    for (const key in value) fields[key] = encode((value as Record<string, unknown>)[key], depth + 1);
    return fields;
  }

  const json = JSON.stringify(args.map((value) => encode(value, 0)));
  return { json, bytes };
}
