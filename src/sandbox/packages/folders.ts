import { existsSync } from 'node:fs';
import { sep } from 'node:path';
import type { InstalledPackage } from '../boundary/messages.js';
import { readableFolders } from '../boundary/readable-folders.js';

/**
 * What runner processes have to be able to read of the installed packages: also the folders in which more may be
 * installed before the lists are read again, since which layers there are is found out once.
 *
 * None is inside another: Node's permission model would not let the outer one itself be read then.
 */
export function foldersOf(
  packages: readonly InstalledPackage[],
  moduleDirs: readonly string[],
): readonly string[] {
  const folders = new Set([...readableFolders(packages), ...moduleDirs.filter((dir) => existsSync(dir))]);
  return [...folders].filter((folder) => ![...folders].some((other) => folder.startsWith(`${other}${sep}`)));
}
