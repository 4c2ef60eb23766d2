export interface Require {
  (id: string): unknown;
  cache: object;
  main: Module;
  extensions: object;
  resolve: ((id: string) => string) & { paths: () => string[] };
}

/** The variable `module` of a CommonJS module. */
export class Module {
  id: string;
  exports: unknown = {};
  loaded = false;
  readonly children: Module[] = [];
  readonly paths: string[] = [];
  declare require: Require;

  constructor(
    readonly filename: string,
    /** The folder. */
    readonly path: string,
    readonly parent: Module | undefined,
  ) {
    this.id = filename;
  }
}
