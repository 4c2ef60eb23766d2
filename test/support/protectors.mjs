/**
 * Loaded into a process with `--import` and `--allow-natives-syntax`, beside the program that is examined. Once the intrinsics of
 * the process are frozen, it prints the protectors that V8 has given up, as JSON, and ends the process. Those that hold allow
 * V8's fast paths.
 */
import { writeSync } from 'node:fs';
import { Script } from 'node:vm';

const PROTECTORS = [
  'ArraySpecies',
  'ArrayIterator',
  'MapIterator',
  'SetIterator',
  'StringIterator',
  'TypedArraySpecies',
  'PromiseSpecies',
];

const holds = (name) => new Script(`%${name}Protector()`).runInThisContext();

function examine() {
  if (Object.isFrozen(Array.prototype)) {
    writeSync(1, JSON.stringify(PROTECTORS.filter((name) => !holds(name))));
    process.exit();
  } else setTimeout(examine);
}
examine();
