/** Names for the transformed text that the author's text does not have. */
export interface Names {
  /** What the module is made with. */
  readonly api: string;
  /** The object that holds the names of the module's scope. */
  readonly scope: string;
  /** The value of `export default`. */
  readonly default: string;
  /** As long as the words that they replace. */
  readonly import: string;
  readonly meta: string;
  /** A variable that nobody declares: a module has no `arguments`. */
  readonly arguments: string;
  source(index: number): string;
}

export function namesFor(text: string): Names {
  let base = '$m';
  for (let n = 0; text.includes(base); n++) base = `$${n}_`;
  return {
    api: base,
    scope: `${base}s`,
    default: `${base}d`,
    import: `${base}import`.slice(0, Math.max('import'.length, base.length + 1)),
    meta: `${base}meta`,
    arguments: `${base}arguments`.slice(0, Math.max('arguments'.length, base.length + 1)),
    source: (index) => `${base}${index}`,
  };
}
