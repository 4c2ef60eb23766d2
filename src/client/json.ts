/**
 * Serializes a caller's value as JSON.
 * @param what names the value in the error message
 * @throws TypeError if the value cannot be serialized: a BigInt, a cycle, a `toJSON` that throws, too deep or too long
 */
export function jsonOf(what: string, value: unknown): string {
  try {
    return JSON.stringify(value) ?? 'null';
  } catch (cause) {
    throw new TypeError(`${what} cannot be sent as JSON: ${textOfThrown(cause)}`, { cause });
  }
}

/** Message of a thrown value. Never throws, even if reading the value does. */
export function textOfThrown(thrown: unknown): string {
  try {
    const message = typeof thrown === 'object' && thrown !== null ? readKey(thrown, 'message') : undefined;
    return typeof message === 'string' ? message : String(thrown);
  } catch {
    return 'a value that cannot be converted to text was thrown';
  }
}

/** Property of a thrown value; `undefined` if reading it throws. */
export function readKey(from: unknown, key: string): unknown {
  try {
    return typeof from === 'object' && from !== null ? Reflect.get(from, key) : undefined;
  } catch {
    return undefined;
  }
}
