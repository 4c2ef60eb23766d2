import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { EMPTY, valueKind, type Refuse, type ValueKind } from './value-kind.js';

/** An absolute path that no message shows: it may be the secret itself, set by mistake. */
export function hiddenPath(accepted: string): ValueKind<string> {
  return valueKind(accepted, (path, refuse) => {
    if (path === '') refuse(EMPTY);
    return resolve(path);
  });
}

/** The text of a UTF-8 file; `undefined` if it is rejected. Messages show neither the path nor the text. */
export function textOfFile(path: string, maxBytes: number, refuse: Refuse): string | undefined {
  try {
    const found = statSync(path);
    if (!found.isFile()) refuse('this is not a regular file');
    else if (found.size > maxBytes) refuse(`the file is larger than ${maxBytes} bytes`);
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
      return 'the file is not valid UTF-8';
    default:
      return `the file cannot be read (${code})`;
  }
}
