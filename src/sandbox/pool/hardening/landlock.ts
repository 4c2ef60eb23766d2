import { existsSync } from 'node:fs';
import type { NodeBinary } from './node-binary.js';

/** The dynamic loader, which the kernel starts as it starts a program. */
const LOADER = /\/ld-[^/]*$/;
/** The loader's table of libraries, and what Node's OpenSSL is told to read in place of its configuration. */
const SYSTEM_FILES = ['/etc/ld.so.cache', '/dev/null'];

/**
 * Options of `setpriv` (util-linux 2.41) that leave a process these files and no others. Metadata is not covered:
 * that a file exists, and how long it is, can still be seen.
 * @param folders to be read whole
 */
export function landlockOptions(
  node: NodeBinary,
  files: readonly string[],
  folders: readonly string[],
): readonly string[] {
  return [
    '--landlock-access',
    'fs',
    ...rule('read-file,execute', node.path),
    ...node.libraries.flatMap((path) => rule(LOADER.test(path) ? 'read-file,execute' : 'read-file', path)),
    ...[...SYSTEM_FILES, ...files].flatMap((path) => rule('read-file', path)),
    ...folders.flatMap((path) => rule('read-file,read-dir', path)),
  ];
}

/** Nothing for what is not there: setpriv would fail. */
function rule(access: string, path: string): readonly string[] {
  return existsSync(path) ? ['--landlock-rule', `path-beneath:${access}:${path}`] : [];
}
