import { sep } from 'node:path';
import type { Allowlist } from '../../boundary/allowlist.js';
import { parseBareId } from './module-id.js';
import type { PackageJsons } from './package-json.js';
import type { PackageTree } from './package-tree.js';
import type { Resolution } from './resolver.js';
import { notAllowed } from './script-requires.js';

/**
 * Holds a package to what it declares: its own files, Node's builtins and its dependencies are free to it;
 * anything else is asked of the script's allowlist. For a script can get hold of a package's `require`
 * (`module.require`), and must not thereby reach what it is not allowed.
 * @param file the file of the package that asks
 * @param id how it asks
 * @throws ModuleError
 */
export function checkPackageRequire(
  file: string,
  id: string,
  resolution: Resolution,
  { allowlist, tree, manifests }: { allowlist: Allowlist; tree: PackageTree; manifests: PackageJsons },
): void {
  if (resolution.kind === 'builtin' || id.startsWith('#')) return;
  const from = tree.ownerOf(file);
  const to = tree.ownerOf(resolution.path);
  if (from === undefined || to === undefined || to.dir === from.dir || to.dir.startsWith(from.dir + sep))
    return;
  const name = parseBareId(id)?.name ?? to.name;
  const isDeclared = manifests.of(from.dir)?.dependencies.has(name) === true;
  if (!isDeclared && !allowlist.allows(name)) throw notAllowed(name, allowlist);
}
