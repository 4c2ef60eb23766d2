import { sep } from 'node:path';

/*
 * Node's own path functions look at each character, in JavaScript, which is most of the time of resolving while that code is
 * cold. Absolute, normalized paths need less.
 */

/** The folder of an absolute, normalized path. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf(sep), 1));
}

/** The last name of such a path. */
export function lastName(path: string): string {
  return path.slice(path.lastIndexOf(sep) + 1);
}
