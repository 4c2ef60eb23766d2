/**
 * Loaded into a process with `--import`, beside the program that is examined. Once the intrinsics of the process are frozen, it
 * assigns as code of Node does, loads all of Node's modules, reads all of their members and those of the global object, prints
 * the errors as JSON, and ends the process.
 */
import { writeSync } from 'node:fs';
import { builtinModules, createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const errors = [];

/** Many members are loaded by their getters. */
function read(name, load) {
  try {
    const loaded = load();
    for (const key of Reflect.ownKeys(loaded)) {
      try {
        Reflect.get(loaded, key);
      } catch (error) {
        errors.push(`${name} ${String(key)}: ${error.message}`);
      }
    }
  } catch (error) {
    // Node 24 lists a module that it does not have under these flags.
    if (error.code !== 'ERR_UNKNOWN_BUILTIN_MODULE') errors.push(`${name}: ${error.message}`);
  }
}

/** What inherits from an intrinsic may have an own property instead of the inherited one; the intrinsic may not. */
function assign() {
  for (const object of [{}, () => undefined, new Error('one'), new TypeError('one')]) {
    for (const key of ['constructor', 'toString', 'name', 'message', 'call', 'valueOf']) {
      try {
        if (key !== 'name' || object instanceof Error) object[key] = 'own';
      } catch (error) {
        errors.push(`${key}: ${error.message}`);
      }
    }
    for (const prototype of [Object.getPrototypeOf(object), Array.prototype, Promise.prototype]) {
      try {
        prototype.toString = () => 'changed';
        prototype.added = 'added';
        errors.push('a prototype was changed');
      } catch {
        // As it should be.
      }
    }
  }
}

function examine() {
  if (Object.isFrozen(Array.prototype)) {
    assign();
    read('globalThis', () => globalThis);
    for (const name of builtinModules) read(name, () => require(name));
    writeSync(1, JSON.stringify(errors));
    process.reallyExit();
  } else setTimeout(examine);
}
examine();
