import { JsonText } from './json-text.js';

/** Pieces of one text, to be written after each other: large ones stay the bytes that they are. */
export type TextParts = readonly (string | Buffer)[];

/**
 * `JSON.stringify`, with each {@link JsonText} among the object's own values written as the bytes that it is.
 * @throws when JSON cannot carry the value: cycles, BigInt, nesting deeper than the stack, a throwing `toJSON`
 */
export function jsonParts(value: unknown): TextParts {
  if (value instanceof JsonText) return [value.part];
  if (typeof value !== 'object' || value === null || Array.isArray(value) || !hasText(value))
    return [textOf(value) ?? 'null'];
  const parts: (string | Buffer)[] = [];
  for (const [key, member] of Object.entries(value)) {
    const text = member instanceof JsonText ? member.part : textOf(member);
    if (text !== undefined) parts.push(`${parts.length === 0 ? '{' : ','}${JSON.stringify(key)}:`, text);
  }
  return [...parts, '}'];
}

/** The text as one Buffer. */
export function bytesOf(parts: TextParts): Buffer {
  return Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));
}

function hasText(value: object): boolean {
  // A value that says itself what is written instead of it has no members to write.
  if ('toJSON' in value && typeof value.toJSON === 'function') return false;
  return Object.values(value).some((member) => member instanceof JsonText);
}

/** The declared type of `JSON.stringify` leaves out that it may give undefined. */
function textOf(value: unknown): string | undefined {
  return JSON.stringify(value);
}
