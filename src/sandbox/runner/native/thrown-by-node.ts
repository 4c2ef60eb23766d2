import { types } from 'node:util';
import type { Reply, WireError } from '../../boundary/native-operations.js';

/** Longest text of an error that goes to a context. */
const MAX_CHARACTERS = 16_384;
/** What Node's errors of these modules tell besides their message. */
const TOLD = ['code', 'errno', 'library', 'reason', 'function', 'opensslErrorStack', 'input'] as const;

const STACK_OVERFLOW = 'Maximum call stack size exceeded';

export function isOverflow(error: unknown): boolean {
  return types.isNativeError(error) && error.name === 'RangeError' && error.message === STACK_OVERFLOW;
}

/** An error of Node's, as a reply. Its stack stays here. */
export function encodeError(error: unknown): string {
  const reply: Reply = { error: described(error) };
  return JSON.stringify(reply);
}

function described(error: unknown): WireError {
  // A DOMException is no native error before Node 24.
  if (!types.isNativeError(error) && !(error instanceof DOMException))
    return { name: 'Error', message: 'the sandbox failed', more: {} };
  const { name, message } = error;
  const isDom = error instanceof DOMException;
  const more: Record<string, string | number | readonly string[]> = {};
  const fields = error as unknown as Record<string, unknown>;
  for (const key of TOLD) {
    const value = isDom ? undefined : fields[key];
    if (typeof value === 'string' || typeof value === 'number') more[key] = value;
    else if (Array.isArray(value)) more[key] = value.map((item) => cut(String(item)));
  }
  return { name: cut(name), message: cut(message), ...(isDom && { dom: true as const }), more };
}

function cut(text: string): string {
  return text.slice(0, MAX_CHARACTERS);
}
