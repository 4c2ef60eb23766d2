/** Whose list it is: of the setting `MODULES`, of the tenant, or of the call, which narrows those. */
export type AllowlistSource = 'setting' | 'tenant' | 'call';

/** The modules that an execution may load: exact names, `@scope/*`, `*`. */
export class Allowlist {
  readonly #all: boolean;
  readonly #names: ReadonlySet<string>;

  constructor(
    patterns: readonly string[],
    readonly source: AllowlistSource = 'setting',
  ) {
    this.#all = patterns.includes('*');
    this.#names = new Set(patterns.map((pattern) => pattern.replace(/^node:/, '')));
  }

  /** Whether a builtin is listed by its name; `*` does not cover a builtin with effects outside the sandbox. */
  names(builtin: string): boolean {
    return this.#names.has(builtin) || this.#names.has(builtin.split('/', 1)[0] ?? '');
  }

  /** @param name a package's name, or a builtin's without `node:`; `timers` covers `timers/promises` */
  allows(name: string): boolean {
    if (this.#all || this.#names.has(name)) return true;
    const [first = ''] = name.split('/', 1);
    return first.startsWith('@') ? this.#names.has(`${first}/*`) : this.#names.has(first);
  }
}
