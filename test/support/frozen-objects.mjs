/**
 * Loaded into a process with `--import`, beside the program that is examined. Once the intrinsics of the process are frozen, it
 * prints JSON and ends the process: the paths of all frozen objects; or, given a file with such paths, those whose object is not
 * frozen here. A path begins with the name of a root, and has steps `[kind, key]`.
 */
import { readFileSync, writeSync } from 'node:fs';

const FILE = process.env.FROZEN_PATHS;

/** Those that no global leads to, by their source. */
const HIDDEN = {
  'async function': async () => undefined,
  generator: (function* () {})(),
  'async generator': (async function* () {})(),
  'array iterator': [][Symbol.iterator](),
  'map iterator': new Map()[Symbol.iterator](),
  'set iterator': new Set()[Symbol.iterator](),
  'string iterator': ''[Symbol.iterator](),
  'matches of a pattern': ''.matchAll(/./g),
  'iterator helper': globalThis.Iterator?.from([]).map(() => undefined),
  'wrapped iterator': globalThis.Iterator?.from({ next: () => undefined }),
};
const isObject = (value) => (typeof value === 'object' && value !== null) || typeof value === 'function';
const nameOf = (key) => (typeof key === 'symbol' ? key.toString() : key);

function rootNamed(name) {
  return name in HIDDEN ? HIDDEN[name] : Object.getOwnPropertyDescriptor(globalThis, name)?.value;
}

/** @returns `[step, object]` for all that an object leads to */
function* stepsFrom(object) {
  yield [['prototype of'], Object.getPrototypeOf(object)];
  for (const key of Reflect.ownKeys(object)) {
    const descriptor = Object.getOwnPropertyDescriptor(object, key);
    const entries = Object.entries(descriptor);
    // An accessor of the flag has the value that it stands for.
    const replaced = entries.find(([kind, value]) => kind === 'get' && Object.hasOwn(Object(value), 'value'));
    const kinds = replaced === undefined ? entries : [['value', replaced[1].value]];
    for (const [kind, value] of kinds) if (isObject(value)) yield [[kind, nameOf(key)], value];
  }
}

function frozenPaths() {
  const roots = [...Object.getOwnPropertyNames(globalThis), ...Object.keys(HIDDEN)];
  const paths = new Map();
  for (const root of roots) if (isObject(rootNamed(root))) paths.set(rootNamed(root), [root]);
  for (const [object, path] of paths) {
    // Node's own objects lead everywhere: only what is frozen is compared.
    if (!Object.isFrozen(object) && path.length > 1) continue;
    for (const [step, value] of stepsFrom(object))
      if (isObject(value) && !paths.has(value)) paths.set(value, [...path, step]);
  }
  return [...paths].flatMap(([object, path]) => (Object.isFrozen(object) ? [path] : []));
}

function follow([root, ...steps]) {
  return steps.reduce((object, [kind, name]) => {
    if (!isObject(object)) return undefined;
    if (kind === 'prototype of') return Object.getPrototypeOf(object);
    const key = Reflect.ownKeys(object).find((own) => nameOf(own) === name);
    const descriptor = Object.getOwnPropertyDescriptor(object, key) ?? {};
    return kind === 'value' && 'get' in descriptor ? descriptor.get.call(object) : descriptor[kind];
  }, rootNamed(root));
}

function examine() {
  if (!Object.isFrozen(Array.prototype)) setTimeout(examine);
  else print(FILE === undefined ? frozenPaths() : JSON.parse(readFileSync(FILE, 'utf8')).filter(isNotFrozen));
}

function isNotFrozen(path) {
  const object = follow(path);
  return !isObject(object) || !Object.isFrozen(object);
}

function print(found) {
  let text = JSON.stringify(found);
  while (text !== '') text = text.slice(writeSync(1, text));
  process.exit();
}
examine();
