import { parseDocument } from 'yaml';

/**
 * Parses one YAML document, or JSON, which is a subset of YAML.
 * @throws SyntaxError with the position; it shows nothing of the text
 */
export function readYaml(text: string): unknown {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error !== undefined) {
    const [at] = error.linePos ?? [];
    throw new SyntaxError(`line ${at?.line ?? '?'}, column ${at?.col ?? '?'}: invalid YAML (${error.code})`);
  }
  try {
    return document.toJS();
  } catch {
    // An alias has no anchor, or aliases would expand beyond the memory.
    throw new SyntaxError('its aliases cannot be resolved');
  }
}
