import { MODULE_PREFIX, NAME_KINDS } from '../../boundary/rewritten-names.js';

/** Names for the transformed text that the author's text does not have. */
export interface Names {
  /** What the module is made with. */
  readonly api: string;
  /** The object that holds the names of the module's scope. */
  readonly scope: string;
  /** The value of `export default`. */
  readonly default: string;
  /** As long as the word that it replaces. */
  readonly import: string;
  readonly meta: string;
  /** A variable that nobody declares: a module has no `arguments`. As long as that word. */
  readonly arguments: string;
  /** The namespace that an imported name is read from. */
  imported(local: string): string;
  /** What the members of a namespace are read from. */
  members(local: string): string;
  /** A namespace as a value. */
  namespace(local: string): string;
}

export function namesFor(text: string): Names {
  let base: string = MODULE_PREFIX;
  for (let n = 0; text.includes(base); n++) base = `$${n}_`;
  return {
    api: base,
    scope: `${base}s`,
    default: base + NAME_KINDS.default,
    import: base + NAME_KINDS.import,
    meta: base + NAME_KINDS.meta,
    arguments: base + NAME_KINDS.arguments,
    imported: (local) => base + NAME_KINDS.imported + local,
    members: (local) => base + NAME_KINDS.members + local,
    namespace: (local) => base + NAME_KINDS.namespace + local,
  };
}
