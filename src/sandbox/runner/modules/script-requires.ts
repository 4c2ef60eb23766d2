import type { Allowlist, AllowlistSource } from '../../boundary/allowlist.js';
import { isOffered, OFFERED_BUILTINS } from '../../boundary/builtins.js';
import { builtinName } from './builtin-name.js';
import { MODULE_CODES } from '../../boundary/coded-errors.js';
import { ModuleError } from './module-error.js';
import { parseBareId } from './module-id.js';
import type { ImportKind } from './package-exports.js';
import type { PackageTree } from './package-tree.js';
import { notFound, type Resolution, type Resolver } from './resolver.js';
import { inVersion } from './versions.js';

/** Whose builtins a script gets: ports of them, evaluated in its context, or Node's own, any of which may be named. */
export type Builtins = 'ported' | 'own';

/** Names listed in a hint; the rest is only counted. */
const HINT_LENGTH = 20;

/**
 * What a script, as against a package, means by an id: a builtin, a package, or a package's subpath.
 * @throws ModuleError
 */
export function resolveForScript(
  id: string,
  allowlist: Allowlist,
  tree: PackageTree,
  resolver: Resolver,
  importKind: ImportKind,
  builtins: Builtins = 'ported',
): Resolution {
  const builtin = builtinName(id);
  if (builtin !== undefined) return offered(id, builtin, allowlist, builtins);
  const asked = parseBareId(id);
  if (asked === undefined) {
    throw notFound(
      id,
      () => ': a script has no files; require takes the name of an installed package or of a builtin',
    );
  }
  const bare = inVersion(asked, { tree, resolver, allows: (name) => allowlist.allows(name) });
  if (!tree.installed.has(bare.name)) throw notFound(id, () => hint(allowlist, tree));
  if (!allowlist.allows(bare.name)) throw notAllowed(bare.name, allowlist);
  const path = resolver.installed(bare, importKind);
  if (path !== undefined) return { kind: 'file', path };
  if (bare.subpath !== '.')
    throw notFound(id, () => `: package '${bare.name}' is installed, but has no such file`);
  throw new ModuleError(MODULE_CODES.broken, () => `package '${bare.name}' has no main file`);
}

/** How messages name the list of an execution. */
const LISTS = {
  setting: 'the setting MODULES does not list it',
  tenant: 'this tenant\'s own list ("modules" in the tenants file) does not have it',
  call: 'options.modules of this call does not list it, or names what the operator does not allow',
} as const satisfies Record<AllowlistSource, string>;

export function notAllowed(name: string, { source }: Allowlist): ModuleError {
  return new ModuleError(
    MODULE_CODES.forbidden,
    () => `Module '${name}' is not allowed here: ${LISTS[source]}`,
  );
}

function offered(id: string, name: string, allowlist: Allowlist, builtins: Builtins): Resolution {
  if (builtins === 'own' && allowlist.names(name)) return { kind: 'builtin', name };
  if (builtins === 'own' && !isOffered(name)) {
    throw new ModuleError(
      MODULE_CODES.forbidden,
      () => `Module '${id}' is not allowed here: it has to be named in the setting MODULES`,
    );
  }
  if (!isOffered(name)) {
    throw new ModuleError(
      MODULE_CODES.forbidden,
      () => `Module '${id}' is never available at isolation level context: ${elsewhere(name)}`,
    );
  }
  if (!allowlist.allows(name)) throw notAllowed(name, allowlist);
  return { kind: 'builtin', name };
}

/** What a script at isolation level `process` gets of a builtin that level `context` does not have. */
function elsewhere(name: string): string {
  return USELESS.has(name.split('/', 1)[0] ?? '')
    ? 'scripts start no programs and threads, and open no ports'
    : 'it works at isolation level process, if the list of modules names it';
}

/** Builtins that load at isolation level `process`, but whose functions are refused there. */
const USELESS: ReadonlySet<string> = new Set([
  'child_process',
  'cluster',
  'dgram',
  'inspector',
  'net',
  'tls',
  'worker_threads',
]);

function hint(allowlist: Allowlist, tree: PackageTree): string {
  const packages = [...tree.installed.keys()].filter((name) => allowlist.allows(name));
  const builtins = OFFERED_BUILTINS.filter((name) => allowlist.allows(name));
  return `: it is not installed. Packages here: ${list(packages)}. Builtins: ${list(builtins)}`;
}

function list(names: readonly string[]): string {
  if (names.length === 0) return 'none';
  const shown = names.slice(0, HINT_LENGTH).join(', ');
  return names.length <= HINT_LENGTH ? shown : `${shown} and ${names.length - HINT_LENGTH} more`;
}
