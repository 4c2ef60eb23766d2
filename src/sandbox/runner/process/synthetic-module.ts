import process from 'node:process';
import { SyntheticModule } from 'node:vm';

/** A module in the script's graph that stands for one that Node has loaded. */
export function syntheticModule(
  namespace: object,
  names: readonly string[] = Object.keys(namespace),
): SyntheticModule {
  const values = namespace as Readonly<Record<string, unknown>>;
  return new SyntheticModule([...names], function () {
    for (const name of names) this.setExport(name, values[name]);
  });
}

/**
 * A CommonJS module as a script imports it: with an export for each property of `module.exports`. Node itself exports only
 * the names that it finds in the text; at level `context` a script finds them all.
 */
export async function commonJsModule(exports: unknown): Promise<SyntheticModule> {
  const isObject = (typeof exports === 'object' && exports !== null) || typeof exports === 'function';
  const all = new Map<string, unknown>(isObject ? Object.entries(exports) : []);
  all.set('default', exports);
  // As Node itself from version 23.
  if (Number.parseInt(process.versions.node, 10) >= 23) all.set('module.exports', exports);
  const module = syntheticModule(Object.fromEntries(all));
  await module.link(() => module);
  await module.evaluate();
  return module;
}
