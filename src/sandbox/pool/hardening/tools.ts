import { accessSync, constants } from 'node:fs';
import { resolve } from 'node:path';

/** Programs of util-linux that put layers around the program they are given, and become it. */
const NAMES = ['setpriv', 'prlimit', 'unshare', 'choom'] as const;

/** Where each is; absent when it is not. */
export type Tools = Readonly<Partial<Record<(typeof NAMES)[number], string>>>;

export function findTools(folders: readonly string[]): Tools {
  const found: Partial<Record<(typeof NAMES)[number], string>> = {};
  for (const name of NAMES) {
    const path = folders
      .filter((folder) => folder !== '')
      .map((folder) => resolve(folder, name))
      .find(isExecutable);
    if (path !== undefined) found[name] = path;
  }
  return found;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
