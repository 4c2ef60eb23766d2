import type { Shift } from '../syntax/index.js';

/**
 * Puts the columns of a stack's frames in `script.js` where the author has them: the text of a module is changed before
 * it runs, each of its lines kept.
 */
export function withAuthorColumns(stack: string, shifts: readonly Shift[]): string {
  if (shifts.length === 0) return stack;
  return stack.replaceAll(
    /\bscript\.js:(\d+):(\d+)/g,
    (_, line: string, column: string) =>
      `script.js:${line}:${authorColumn(shifts, Number(line), Number(column))}`,
  );
}

/** @param shifts in the order of the text */
export function authorColumn(shifts: readonly Shift[], line: number, column: number): number {
  const last = shifts.findLast(([ofLine, from]) => ofLine === line && from <= column);
  return last === undefined ? column : Math.max(1, column - last[2]);
}
