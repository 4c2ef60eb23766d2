import { parseDocument } from 'yaml';

/**
 * The data of one document of YAML, or of JSON, which is YAML, too.
 * @throws SyntaxError that tells where, and shows nothing of the text
 */
export function readYaml(text: string): unknown {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error !== undefined) {
    const [at] = error.linePos ?? [];
    throw new SyntaxError(`line ${at?.line ?? '?'}, column ${at?.col ?? '?'}: not YAML (${error.code})`);
  }
  try {
    return document.toJS();
  } catch {
    // Of aliases: to nothing, or so many that they would fill the memory.
    throw new SyntaxError('its aliases cannot be followed');
  }
}
