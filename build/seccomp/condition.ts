/** A question about one argument of a call, of which the kernel, too, looks at the low 32 bits only. */
export interface Condition {
  readonly kind: 'equals' | 'notEquals' | 'anyBit' | 'noBit';
  /** From 0. */
  readonly argument: number;
  readonly value: number;
}
