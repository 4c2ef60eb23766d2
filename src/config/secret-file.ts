import { refuseSecret } from './plain-values.js';
import { textOfFile } from './text-file.js';
import { EMPTY, valueKind, type ValueKind } from './value-kind.js';

/** Longer than any secret, and than what fits into the headers of a request. */
const MAX_BYTES = 8192;

/**
 * The text of a file, without one line break at its end. Read once, at start. Messages do not show the path: someone
 * may have put the secret itself there.
 */
export function secretFile(): ValueKind<string> {
  const accepted = 'the path of a file that holds what `SECRET` takes; one line break may follow';
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
