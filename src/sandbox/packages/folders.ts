import { existsSync } from 'node:fs';
import { sep } from 'node:path';
import type { InstalledPackage } from '../boundary/messages.js';
import { readableFolders } from '../boundary/readable-folders.js';

/**
 * The folders of packages that runner processes must be able to read. They include folders in which more packages may be
 * installed before the lists are read again, because the layers are tried only once.
 *
 * No folder is inside another: Node's permission model would not allow reading the outer one itself then.
 */
export function foldersOf(
  packages: readonly InstalledPackage[],
  moduleDirs: readonly string[],
): readonly string[] {
  const folders = new Set([...readableFolders(packages), ...moduleDirs.filter((dir) => existsSync(dir))]);
  return [...folders].filter((folder) => ![...folders].some((other) => folder.startsWith(`${other}${sep}`)));
}
