import { existsSync } from 'node:fs';
import type { InstalledPackage } from '../runner/messages.js';
import { readableFolders } from '../runner/modules/index.js';

/**
 * What runner processes have to be able to read of the installed packages: also the folders in which more may be
 * installed before the lists are read again, since which layers there are is found out once.
 */
export function foldersOf(
  packages: readonly InstalledPackage[],
  moduleDirs: readonly string[],
): readonly string[] {
  return [...new Set([...readableFolders(packages), ...moduleDirs.filter((dir) => existsSync(dir))])];
}
