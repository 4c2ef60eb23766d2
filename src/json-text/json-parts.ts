import { JsonText } from './json-text.js';

/** Parts of one text, to be written in sequence. Large parts stay Buffers. */
export type TextParts = readonly (string | Buffer)[];

/**
 * `JSON.stringify` that writes each {@link JsonText} among the object's own values verbatim.
 * @throws if JSON cannot represent the value: cycles, BigInt, nesting deeper than the stack, a throwing `toJSON`
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
  // A value with `toJSON` decides itself what is written.
  if ('toJSON' in value && typeof value.toJSON === 'function') return false;
  return Object.values(value).some((member) => member instanceof JsonText);
}

/** `JSON.stringify` may return undefined, which its declared type omits. */
function textOf(value: unknown): string | undefined {
  return JSON.stringify(value);
}
