import type { ModuleError } from './module-error.js';
import type { BareId } from './module-id.js';
import type { PackageTree } from './package-tree.js';
import { notFound, type Resolver } from './resolver.js';

/**
 * What a script means by `lodash@4.17.21`: the package installed in that very version, under its own name or, by
 * `npm install lodash3@npm:lodash@3`, under another.
 * @returns the id as it is for one that names no version
 * @throws ModuleError where no such version is installed
 */
export function inVersion(
  bare: BareId,
  { tree, resolver, allows }: { tree: PackageTree; resolver: Resolver; allows: (name: string) => boolean },
): BareId {
  const at = bare.name.indexOf('@', 1);
  if (at === -1 || tree.installed.has(bare.name)) return bare;
  const name = bare.name.slice(0, at);
  const version = bare.name.slice(at + 1);
  const same = [...tree.installed.values()].filter(
    (known) => known.name === name || resolver.ownNameOf(known.dir) === name,
  );
  const found = same.find((known) => known.version === version);
  if (found !== undefined) return { name: found.name, subpath: bare.subpath };
  throw notInstalled(
    bare,
    name,
    same
      .filter((known) => allows(known.name))
      .map((known) => (known.name === name ? known.version : `${known.version} (as ${known.name})`)),
  );
}

function notInstalled({ name: id }: BareId, name: string, versions: readonly string[]): ModuleError {
  return notFound(id, () =>
    versions.length === 0
      ? `: '${name}' is not installed`
      : `: that version is not installed. Versions of '${name}' here: ${versions.join(', ')}`,
  );
}
