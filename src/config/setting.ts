import type { ValueKind } from './value-kind.js';

/** One setting: everything that the schema, the flags, `--help` and README say about it comes from here. */
export interface Setting<T = unknown> {
  readonly kind: ValueKind<T>;
  /** Text that stands in when the operator sets nothing, read like the operator's own. */
  readonly initial?: string;
  /** What the table shows as default when there is no such text. */
  readonly without?: string;
  /** One sentence, with the unit. */
  readonly meaning: string;
  /** Only a variable, never a flag; the reason is what someone who tries the flag is told. */
  readonly noFlag?: string;
  /** Its value is shown to nobody and inherited by no child process. */
  readonly secret?: true;
}
