import { SyntheticModule } from 'node:vm';

/** A module of the script's graph for one that Node has loaded. */
export function standIn(
  namespace: object,
  names: readonly string[] = Object.keys(namespace),
): SyntheticModule {
  const values = namespace as Readonly<Record<string, unknown>>;
  return new SyntheticModule([...names], function () {
    for (const name of names) this.setExport(name, values[name]);
  });
}

/**
 * A CommonJS module as a script imports it: with every property of its exports by its name. Node finds those only that
 * a look at the text finds, and a script should find here what it finds in a context.
 */
export async function commonJsStandIn(exports: unknown): Promise<SyntheticModule> {
  const isObject = (typeof exports === 'object' && exports !== null) || typeof exports === 'function';
  const all = new Map<string, unknown>(isObject ? Object.entries(exports) : []);
  all.set('default', exports).set('module.exports', exports);
  const module = standIn(Object.fromEntries(all));
  await module.link(() => module);
  await module.evaluate();
  return module;
}
