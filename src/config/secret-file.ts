import { readFileSync, statSync } from 'node:fs';
import { refuseSecret } from './plain-values.js';
import { EMPTY, valueKind, type Refuse, type ValueKind } from './value-kind.js';

/** Longer than any secret, and than what fits into the headers of a request. */
const MAX_BYTES = 8192;

/**
 * The text of a file, without one line break at its end. Read once, at start. Messages do not show the path: someone
 * may have put the secret itself there.
 */
export function secretFile(): ValueKind<string> {
  const accepted = 'the path of a file that holds what `SECRET` takes; one line break may follow';
  return valueKind(accepted, (path, refuse) => {
    const text = textOf(path, refuse)?.replace(/\r?\n$/, '');
    if (text === '') refuse('the file is empty');
    else if (text !== undefined) refuseSecret(text, refuse);
    return text ?? '';
  });
}

function textOf(path: string, refuse: Refuse): string | undefined {
  if (path === '') {
    refuse(EMPTY);
    return undefined;
  }
  try {
    const found = statSync(path);
    if (!found.isFile()) refuse('this is not a file');
    else if (found.size > MAX_BYTES) refuse(`the file is longer than ${MAX_BYTES} bytes`);
    else return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch (error) {
    refuse(reasonOf(error));
  }
  return undefined;
}

function reasonOf(error: unknown): string {
  const code =
    typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'no code';
  switch (code) {
    case 'ENOENT':
      return 'the file does not exist';
    case 'ERR_ENCODING_INVALID_ENCODED_DATA':
      return 'the file is not text in UTF-8';
    default:
      return `the file cannot be read (${code})`;
  }
}
