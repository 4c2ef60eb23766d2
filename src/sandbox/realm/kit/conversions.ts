/** The standard's ToString, which refuses a symbol; `String` describes it. */
export function toText(value: unknown): string {
  // oxlint-disable-next-line typescript/no-unnecessary-template-expression -- it converts; the type is not what it says
  return `${value as string}`;
}

/** The standard's ToNumber, which refuses a bigint; `Number` converts it. */
export function toNumber(value: unknown): number {
  // oxlint-disable-next-line typescript/no-unnecessary-type-conversion -- it converts; the type is not what it says
  return +(value as number);
}

/** Whether the standard's Type(value) is Object: functions are objects, too. */
export function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
