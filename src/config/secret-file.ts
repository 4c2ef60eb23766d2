import { refuseSecret } from './plain-values.js';
import { textOfFile } from './text-file.js';
import { EMPTY, valueKind, type ValueKind } from './value-kind.js';

/** Longer than any secret, and longer than the headers of a request may be. */
const MAX_BYTES = 8192;

/**
 * The text of a file, without one trailing line break. Read once, at startup. Messages do not show the path: it may be
 * the secret itself, set by mistake.
 */
export function secretFile(): ValueKind<string> {
  const accepted = 'the path of a file that contains the secret; one trailing line break is ignored';
  return valueKind(accepted, (path, refuse) => {
    if (path === '') {
      refuse(EMPTY);
      return '';
    }
    const text = textOfFile(path, MAX_BYTES, refuse)?.replace(/\r?\n$/, '');
    if (text === '') refuse('the file is empty');
    else if (text !== undefined) refuseSecret(text, refuse);
    return text ?? '';
  });
}
