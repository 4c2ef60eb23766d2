import type { InstalledPackage } from './messages.js';

const NODE_MODULES = '/node_modules';

/**
 * The folders of the packages and of everything that they may load: for each package the outermost `node_modules` around it,
 * which has its dependencies, or else its own folder. A runner process reads no other folder of packages.
 */
export function readableFolders(packages: readonly InstalledPackage[]): string[] {
  const folders = new Set<string>();
  for (const { dir } of packages) {
    const at = dir.indexOf(`${NODE_MODULES}/`);
    folders.add(at === -1 ? dir : dir.slice(0, at + NODE_MODULES.length));
  }
  return [...folders];
}
