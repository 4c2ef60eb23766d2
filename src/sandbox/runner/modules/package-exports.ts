import { ModuleError } from './module-error.js';

/** How a module is asked for. */
export type Way = 'require' | 'import';

/** As of Node 22.10. `node-addons` is not among them: a context cannot load add-ons. */
const CONDITIONS: Readonly<Record<Way, ReadonlySet<string>>> = {
  require: new Set(['require', 'module-sync', 'node', 'default']),
  import: new Set(['import', 'module-sync', 'node', 'default']),
};

/** Segments with which a target would leave its package. */
const FORBIDDEN_SEGMENT = /(?:^|[\\/])(?:\.{1,2}|%2e(?:%2e)?|node_modules)(?:[\\/]|$)/i;

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What a package.json names for a subpath: a path beginning with `./`, or (from `imports`) another package. */
export type Target = string;

/**
 * Node's PACKAGE_EXPORTS_RESOLVE. What a package has for `import` only, `require` is given too, where Node's says no:
 * its ES modules load either way.
 * @param subpath `.` or beginning with `./`
 * @returns a target beginning with `./`
 * @throws ModuleError
 */
export function exportsTarget(exports: unknown, subpath: string, packageName: string, way: Way): Target {
  const isTable = isFields(exports) && Object.keys(exports).some((key) => key.startsWith('.'));
  const table = isTable ? exports : { '.': exports };
  let target = match(table, subpath, false, CONDITIONS[way]);
  if (target === undefined) target = match(table, subpath, false, CONDITIONS.import);
  if (target !== undefined && target !== null) return target;
  throw new ModuleError('ERR_PACKAGE_PATH_NOT_EXPORTED', () =>
    subpath === '.'
      ? `No "exports" main of package '${packageName}' is for Node`
      : `Package subpath '${subpath}' is not defined by "exports" of package '${packageName}'`,
  );
}

/**
 * Node's PACKAGE_IMPORTS_RESOLVE.
 * @returns a target beginning with `./`, or the id of another module
 * @throws ModuleError
 */
export function importsTarget(
  imports: Fields | undefined,
  id: string,
  packageName: string,
  way: Way,
): Target {
  const target = match(imports ?? {}, id, true, CONDITIONS[way]);
  if (target !== undefined && target !== null) return target;
  throw new ModuleError(
    'ERR_PACKAGE_IMPORT_NOT_DEFINED',
    () => `Package import specifier '${id}' is not defined by "imports" of package '${packageName}'`,
  );
}

type Conditions = ReadonlySet<string>;

function match(
  table: Fields,
  path: string,
  isImports: boolean,
  conditions: Conditions,
): Target | null | undefined {
  if (Object.hasOwn(table, path) && !path.includes('*')) return pick(table[path], '', isImports, conditions);
  const [best] = Object.keys(table)
    .filter((key) => matches(key, path))
    .toSorted(bySpecificity);
  if (best === undefined) return undefined;
  const star = best.indexOf('*');
  const filling = path.slice(star, path.length - (best.length - star - 1));
  return pick(table[best], filling, isImports, conditions);
}

function matches(pattern: string, path: string): boolean {
  const star = pattern.indexOf('*');
  if (star === -1 || star !== pattern.lastIndexOf('*')) return false;
  return (
    path.length >= pattern.length &&
    path.startsWith(pattern.slice(0, star)) &&
    path.endsWith(pattern.slice(star + 1))
  );
}

/** Longer text before the star first, then the longer pattern: Node's PATTERN_KEY_COMPARE. */
function bySpecificity(a: string, b: string): number {
  return b.indexOf('*') - a.indexOf('*') || b.length - a.length;
}

/** @returns null when the package closes the path, undefined when no condition fits */
function pick(
  target: unknown,
  star: string,
  isImports: boolean,
  conditions: Conditions,
): Target | null | undefined {
  if (typeof target === 'string') return fill(target, star, isImports);
  if (target === null) return null;
  if (Array.isArray(target)) return pickFirst(target, star, isImports, conditions);
  if (!isFields(target)) throw invalidTarget(JSON.stringify(target));
  for (const [condition, inner] of Object.entries(target)) {
    if (!conditions.has(condition)) continue;
    const picked = pick(inner, star, isImports, conditions);
    if (picked !== undefined) return picked;
  }
  return undefined;
}

/** The first target of a list that is valid; what is wrong with the others matters only if none is. */
function pickFirst(
  targets: readonly unknown[],
  star: string,
  isImports: boolean,
  conditions: Conditions,
): Target | null | undefined {
  let problem: ModuleError | undefined;
  let last: Target | null | undefined;
  for (const target of targets) {
    try {
      last = pick(target, star, isImports, conditions);
      if (last !== undefined && last !== null) return last;
    } catch (error) {
      if (!(error instanceof ModuleError)) throw error;
      problem = error;
    }
  }
  if (problem !== undefined) throw problem;
  return last;
}

function fill(target: string, star: string, isImports: boolean): Target {
  const isPath = target.startsWith('./');
  const isOtherPackage =
    isImports && !target.startsWith('.') && !target.startsWith('/') && !target.includes(':');
  if (!isPath && !isOtherPackage) throw invalidTarget(target);
  const inside = isPath ? target.slice(2) : target;
  if (FORBIDDEN_SEGMENT.test(inside) || FORBIDDEN_SEGMENT.test(star)) throw invalidTarget(target);
  return target.replaceAll('*', () => star);
}

function invalidTarget(target: string): ModuleError {
  return new ModuleError('ERR_INVALID_PACKAGE_TARGET', () => `Invalid package target '${target}'`);
}
