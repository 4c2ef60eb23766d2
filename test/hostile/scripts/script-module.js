// family: ES modules
// source: own idea: the script itself is a module: its names, import.meta, its own namespace
// expect: value "safe"
import good, { module as its } from 'good';
import * as open from 'esm-open';
import * as path from 'node:path';
const self = typeof arguments === 'undefined' ? [] : [...arguments];
const early = await import('esm-open');
export { attack as __proto__, attack as constructor };
export async function attack(cb) {
  const loot = [good, its, open, early, path, import.meta, this, self, ...self];
  loot.push(await import('fs').catch((e) => e), caught(() => attack.caller), new Error('x').stack);
  for (const thing of self) loot.push(...Object.values(thing ?? {}));
  cb(verdict(...loot));
}
