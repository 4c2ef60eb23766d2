/** Compares two values; see `deep-equal.ts`. */
interface Comparing {
  readonly strict: boolean;
  equal(a: unknown, b: unknown): boolean;
}

const { keys, getOwnPropertySymbols } = Object;
const isEnumerable = Object.prototype.propertyIsEnumerable;
const INDEX = /^(?:0|[1-9]\d{0,9})$/;

/** The enumerable keys of an object; symbols count in a strict comparison only. */
export function enumerableKeys(object: object, strict: boolean): PropertyKey[] {
  const names: PropertyKey[] = keys(object);
  if (!strict) return names;
  const symbols = getOwnPropertySymbols(object);
  for (const symbol of symbols) if (Reflect.apply(isEnumerable, object, [symbol])) names.push(symbol);
  return names;
}

/** The same without indexes, of an array or a typed array. */
export function nonIndexKeys(array: object, strict: boolean): PropertyKey[] {
  // Most have no other keys: those come after all indexes.
  const own = keys(array);
  const names: PropertyKey[] = [];
  for (let at = own.length - 1; at >= 0 && !INDEX.test(own[at] as string); at--)
    names.push(own[at] as string);
  const symbols = strict ? getOwnPropertySymbols(array) : [];
  for (const symbol of symbols) if (Reflect.apply(isEnumerable, array, [symbol])) names.push(symbol);
  return names;
}

/** Compares sets of the same size. */
export function setsEqual(a: ReadonlySet<unknown>, b: ReadonlySet<unknown>, comparison: Comparing): boolean {
  const rest = new Set<unknown>();
  for (const item of a) {
    if (b.has(item)) continue;
    if (comparison.strict && !isObject(item)) return false;
    rest.add(item);
  }
  for (const item of b) {
    if (a.has(item)) continue;
    if (comparison.strict && !isObject(item)) return false;
    if (!takeEqual(rest, (other) => comparison.equal(other, item))) return false;
  }
  return rest.size === 0;
}

/** Compares maps of the same size. */
export function mapsEqual(
  a: ReadonlyMap<unknown, unknown>,
  b: ReadonlyMap<unknown, unknown>,
  comparison: Comparing,
): boolean {
  const found = new Set<unknown>();
  const rest = new Set<unknown>();
  for (const [key, value] of a) {
    if (b.has(key) && comparison.equal(value, b.get(key))) found.add(key);
    else if (comparison.strict && !isObject(key)) return false;
    else rest.add(key);
  }
  for (const [key, value] of b) {
    if (found.has(key)) continue;
    const isEqual = (other: unknown): boolean =>
      comparison.equal(other, key) && comparison.equal(a.get(other), value);
    if (!takeEqual(rest, isEqual)) return false;
  }
  return rest.size === 0;
}

/** Removes the first item that is equal. @returns whether there was one */
function takeEqual(rest: Set<unknown>, isEqual: (item: unknown) => boolean): boolean {
  for (const item of rest) {
    if (!isEqual(item)) continue;
    rest.delete(item);
    return true;
  }
  return false;
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;
