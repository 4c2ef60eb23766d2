import { builtinModules, createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** Properties that every function has. */
const FUNCTION_KEYS = new Set(['length', 'name', 'prototype', 'arguments', 'caller', 'super_']);
/** Deep enough for `fs.promises.constants`. */
const MAX_DEPTH = 3;
/** `tls.rootCertificates` is longer, and of no use without a network. */
const MAX_LENGTH = 120;

/**
 * Modules that get no shape: those that print or start something when asked for, those whose values tell of
 * the machine that builds (`process.env`, the folders of `module`), and those that have no name but with `node:`,
 * which newer Nodes list too: no package asks for one while it loads.
 */
const NOT_ASKED =
  /^(?:_|internal\/|node:)|^(?:inspector|module|process|punycode|repl|sea|sqlite|sys|test|trace_events|wasi)(?:\/|$)/;

/**
 * The names and kinds of everything that the running Node's builtins export: see `ExportShape` in
 * `src/sandbox/realm/loader/stub-module.ts`. No code of theirs, and no value but plain data.
 * @param {readonly string[]} except builtins that we have ourselves
 */
export function builtinShapes(except) {
  const modules = new Map(
    builtinModules
      .filter((name) => !NOT_ASKED.test(name))
      .toSorted()
      .map((name) => [name, require(`node:${name}`)]),
  );
  const classes = nameClasses(modules);
  return Object.fromEntries(
    [...modules]
      .filter(([name]) => !except.includes(name))
      .map(([name, exports]) => [name, membersOf(exports, name, classes, 0)]),
  );
}

/** Which class is exported where first, so that a subclass can name its parent. */
function nameClasses(modules) {
  const names = new Map();
  for (const first of ['events', 'stream', 'net', 'http', 'tls'])
    nameExports(names, first, modules.get(first));
  for (const [name, exports] of modules) nameExports(names, name, exports);
  names.set(require('node:events'), 'events');
  names.set(require('node:stream'), 'stream');
  return names;
}

function nameExports(names, moduleName, exports) {
  if (moduleName.includes('/')) return;
  for (const [key, value] of entriesOf(exports)) {
    if (typeof value === 'function' && !names.has(value)) names.set(value, `${moduleName}.${key}`);
  }
}

function entriesOf(exports) {
  return Object.entries(Object.getOwnPropertyDescriptors(exports))
    .filter(([key]) => typeof exports !== 'function' || !FUNCTION_KEYS.has(key))
    .filter(([, descriptor]) => descriptor.get === undefined || descriptor.enumerable)
    .map(([key]) => [key, read(exports, key)])
    .filter(([, value]) => value !== undefined && typeof value !== 'symbol');
}

/** Getters that warn of their deprecation are left out: they print when read. */
function read(exports, key) {
  const descriptor = Object.getOwnPropertyDescriptor(exports, key);
  if (descriptor.get === undefined) return descriptor.value;
  return /deprecat|warn/i.test(sourceOf(descriptor, 'get')) ? undefined : exports[key];
}

function membersOf(exports, path, classes, depth) {
  return Object.fromEntries(
    entriesOf(exports)
      .map(([key, value]) => [key, shapeOf(value, `${path}.${key}`, classes, depth)])
      .filter(([, shape]) => shape !== undefined),
  );
}

function shapeOf(value, path, classes, depth) {
  if (typeof value === 'function')
    return isClass(value) ? classShape(value, path, classes, depth) : { kind: 'function' };
  if (value === Infinity) return { kind: 'unlimited' };
  if (Array.isArray(value) && value.length > MAX_LENGTH) return { kind: 'data', value: [] };
  if (typeof value !== 'object' || value === null)
    return typeof value === 'bigint' ? undefined : { kind: 'data', value };
  if (isPlain(value, depth)) return { kind: 'data', value };
  const maker = classes.get(value.constructor);
  const [module] = path.split('.', 1);
  if (maker?.startsWith(`${module}.`) && maker.split('.').length === 2)
    return { kind: 'instance', of: maker.split('.')[1] };
  return depth < MAX_DEPTH
    ? { kind: 'object', members: membersOf(value, path, classes, depth + 1) }
    : undefined;
}

/** Whether the value is the same after a trip through JSON. */
function isPlain(value, depth) {
  if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return true;
  if (typeof value !== 'object' || depth > MAX_DEPTH + 2) return false;
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== null && prototype !== Object.prototype && prototype !== Array.prototype) return false;
  return Object.values(Object.getOwnPropertyDescriptors(value)).every(
    (descriptor) => descriptor.get === undefined && isPlain(descriptor.value, depth + 1),
  );
}

function isClass(value) {
  if (/^class\b/.test(Function.prototype.toString.call(value))) return true;
  if (typeof value.prototype !== 'object' || value.prototype === null) return false;
  return (
    Object.getOwnPropertyNames(value.prototype).some((key) => key !== 'constructor') ||
    Object.getPrototypeOf(value.prototype) !== Object.prototype
  );
}

function classShape(value, path, classes, depth) {
  const parent = Object.getPrototypeOf(value.prototype)?.constructor;
  const named = parent === undefined || parent === Object ? undefined : classes.get(parent);
  const methods = Object.entries(Object.getOwnPropertyDescriptors(value.prototype))
    .filter(([key, { value: method }]) => key !== 'constructor' && typeof method === 'function')
    .map(([key]) => key);
  return {
    kind: 'class',
    ...(named === undefined || named === path ? {} : { extends: named }),
    methods,
    statics: depth < MAX_DEPTH ? membersOf(value, path, classes, depth + 1) : {},
  };
}

function sourceOf(holder, key) {
  return Function.prototype.toString.call(holder[key]);
}
