import { type CodedError, coded } from '../../boundary/coded-errors.js';

/** Linux's numbers and Node's texts, by code. */
const ERRORS: Readonly<Record<string, readonly [errno: number, text: string]>> = {
  __proto__: null as never,
  EACCES: [13, 'permission denied'],
  EFBIG: [27, 'file too large'],
  EINVAL: [22, 'invalid argument'],
  EISDIR: [21, 'illegal operation on a directory'],
  ELOOP: [40, 'too many symbolic links encountered'],
  EMFILE: [24, 'too many open files'],
  ENAMETOOLONG: [36, 'name too long'],
  ENOENT: [2, 'no such file or directory'],
  ENOTDIR: [20, 'not a directory'],
};

interface SystemError extends CodedError {
  errno?: number;
  syscall?: string;
  path?: string;
}

/** Node's error for a file that cannot be read. */
export function fileError(code: string, syscall: string, path: string): SystemError {
  const [errno, text] = ERRORS[code] ?? [5, 'i/o error'];
  const known = code in ERRORS ? code : 'EIO';
  const error: SystemError = new Error(`${known}: ${text}, ${syscall} '${path}'`);
  return Object.assign(error, { errno: -errno, code: known, syscall, path });
}

/** Node's error for a path with a null byte. */
export function nullBytes(path: string): CodedError {
  return coded(
    new TypeError(
      `The argument 'path' must be a string, Uint8Array, or URL without null bytes. Received ${JSON.stringify(path)}`,
    ),
    'ERR_INVALID_ARG_VALUE',
  );
}
