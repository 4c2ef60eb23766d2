import type { ValueKind } from './value-kind.js';

/** Modules whose options are made from settings; `ceilings` are the upper bounds within the options of the sandbox. */
export type OptionTarget = 'auth' | 'ceilings' | 'egress' | 'runtime' | 'sandbox';

/** Where the value of a setting goes: the module, the name of its option, and a conversion of the value, if needed. */
export type OptionPath = readonly [target: OptionTarget, option: string, convert?: (value: never) => unknown];

/** One setting: the schema, the flags, `--help` and the README table are made from it. */
export interface Setting<T = unknown> {
  readonly kind: ValueKind<T>;
  /** Default value, as the operator would write it. */
  readonly default?: string;
  /** Description of the default, where it is not a plain value. */
  readonly defaultNote?: string;
  /** What the setting means, with its unit. */
  readonly description: string;
  /** Why there is no flag, only a variable. Shown to a user who tries the flag. */
  readonly noFlag?: string;
  /** The option that the setting becomes. Absent: code reads the setting by its name. */
  readonly option?: OptionPath;
  /** Never shown, and not inherited by child processes. */
  readonly secret?: true;
}
