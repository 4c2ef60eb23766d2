import type { InstalledPackage } from './messages.js';

const NODE_MODULES = '/node_modules';

/**
 * The folders that hold the packages and everything they may load: the folder of each package, and the outermost
 * `node_modules` around it, where its dependencies are. A runner process needs to read nothing else of them.
 */
export function readableFolders(packages: readonly InstalledPackage[]): string[] {
  const folders = new Set<string>();
  for (const { dir } of packages) {
    const at = dir.indexOf(`${NODE_MODULES}/`);
    folders.add(at === -1 ? dir : dir.slice(0, at + NODE_MODULES.length));
  }
  return [...folders];
}
