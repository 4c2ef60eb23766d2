const { apply, getOwnPropertyDescriptor } = Reflect;

const typedArray = Object.getPrototypeOf(Uint8Array.prototype) as object;

/** Reads an internal slot of a typed array of any realm: no property of the array, and so no code of a script. */
function slot(key: PropertyKey): (array: unknown) => unknown {
  const read = getOwnPropertyDescriptor(typedArray, key)?.get;
  if (read === undefined) throw new TypeError(`typed arrays have no ${String(key)}`);
  return (array) => apply(read, array, []);
}

const kindOf = slot(Symbol.toStringTag);
const bufferOf = slot('buffer') as (array: unknown) => ArrayBuffer;
const offsetOf = slot('byteOffset') as (array: unknown) => number;
const sizeOf = slot('byteLength') as (array: unknown) => number;

/** A Node Buffer over any memory; `Buffer.from` reads properties of the memory's object, which may be a script's. */
class BorrowedBytes extends Uint8Array<ArrayBuffer> {
  // oxlint-disable-next-line no-useless-constructor -- the implicit one passes its arguments as a list, which takes far longer
  constructor(memory: ArrayBuffer, byteOffset: number, length: number) {
    super(memory, byteOffset, length);
  }
}
Object.setPrototypeOf(BorrowedBytes.prototype, Buffer.prototype);

const NO_BYTES = Buffer.alloc(0);

/**
 * The memory of a typed array that a script's realm lends for one call, as a Buffer of this realm.
 *
 * The array may be anything: a Proxy, an instance of a subclass, a view of shared, resizable or detached memory, with accessors
 * in the place of every property. Only internal slots are read, which runs no code of the script. No such code may run before
 * the call ends, either, since it could detach or resize the memory: so pass a borrowed Buffer to functions of Node that work
 * on its bytes at once, not to one that calls back, keeps it, or reads its `buffer`, which is an object of the script's realm.
 * @throws TypeError for a value that is not a typed array
 */
export function borrow(lent: unknown): Buffer {
  if (kindOf(lent) === undefined) throw new TypeError('not a typed array');
  const size = sizeOf(lent);
  // Detached memory, or a view outside of memory that has shrunk, has none.
  if (size === 0) return NO_BYTES;
  return new BorrowedBytes(bufferOf(lent), offsetOf(lent), size) as Buffer;
}
