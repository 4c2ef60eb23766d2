/**
 * JSON of what the caller gave, made in the call itself.
 * @param what names it in the error
 * @throws TypeError when JSON cannot carry it: a BigInt, a cycle, a `toJSON` that throws, too deep or too long
 */
export function jsonOf(what: string, value: unknown): string {
  try {
    return JSON.stringify(value) ?? 'null';
  } catch (cause) {
    throw new TypeError(`${what} cannot be sent as JSON: ${textOfThrown(cause)}`, { cause });
  }
}

/** The message of whatever was thrown. Never throws, though what was thrown may do so when it is read. */
export function textOfThrown(thrown: unknown): string {
  try {
    const message = typeof thrown === 'object' && thrown !== null ? readKey(thrown, 'message') : undefined;
    return typeof message === 'string' ? message : String(thrown);
  } catch {
    return 'a value that cannot be converted to text was thrown';
  }
}

/** A property of whatever was thrown; `undefined` where reading it throws. */
export function readKey(from: unknown, key: string): unknown {
  try {
    return typeof from === 'object' && from !== null ? Reflect.get(from, key) : undefined;
  } catch {
    return undefined;
  }
}
