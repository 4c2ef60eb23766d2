/** Turns a real path into the one that scripts may see. */
export type NamePath = (path: string) => string;

/** Says why a module cannot be had. It never leaves the host: what a script gets is made of its texts. */
export class ModuleError extends Error {
  constructor(
    readonly code: string,
    /** Real paths enter a message only through `name`. */
    readonly describe: (name: NamePath) => string,
  ) {
    super(code);
  }
}
