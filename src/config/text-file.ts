import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { EMPTY, valueKind, type Refuse, type ValueKind } from './value-kind.js';

/** A path that no message shows: someone may have put the secret itself there. Made absolute. */
export function hiddenPath(accepted: string): ValueKind<string> {
  return valueKind(accepted, (path, refuse) => {
    if (path === '') refuse(EMPTY);
    return resolve(path);
  });
}

/** The text of a file in UTF-8; `undefined` where it is refused, in words that show neither the path nor any text. */
export function textOfFile(path: string, maxBytes: number, refuse: Refuse): string | undefined {
  try {
    const found = statSync(path);
    if (!found.isFile()) refuse('this is not a file');
    else if (found.size > maxBytes) refuse(`the file is longer than ${maxBytes} bytes`);
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
