/** Where a line's text was moved: from `column` of the new text on, by `shift` characters. Lines and columns from 1. */
export type Shift = readonly [line: number, column: number, shift: number];

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const LINE_BREAK = /\r\n|[\n\r\u2028\u2029]/g;

/** Changes to a text that keep each of its lines where it is. */
export class Edits {
  readonly #edits: Edit[] = [];

  constructor(private readonly text: string) {}

  /** `text` must have as many line breaks as what it replaces. */
  replace(start: number, end: number, text: string): void {
    this.#edits.push({ start, end, text });
  }

  insert(at: number, text: string): void {
    this.replace(at, at, text);
  }

  /** Puts `text` in a place at least as long, and spaces after it; what follows stays in its column. */
  cover(start: number, end: number, text = ''): void {
    const covered = this.text.slice(start + text.length, end).replace(/[^\n\r\u2028\u2029]/g, ' ');
    this.replace(start, end, text + covered);
  }

  apply(): { readonly text: string; readonly shifts: readonly Shift[] } {
    const breaks = [...this.text.matchAll(LINE_BREAK)].map(({ 0: found, index }) => index + found.length);
    const shifts: Shift[] = [];
    let text = '';
    let done = 0;
    let line = 0;
    let shift = 0;
    for (const edit of this.#edits.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
      text += this.text.slice(done, edit.start) + edit.text;
      done = edit.end;
      const before = line;
      while ((breaks[line] ?? Infinity) <= edit.end) line++;
      if (line !== before) shift = 0;
      const moved = edit.text.length - (edit.end - edit.start);
      if (moved === 0) continue;
      shift += moved;
      shifts.push([line + 1, edit.end - (line === 0 ? 0 : (breaks[line - 1] ?? 0)) + shift + 1, shift]);
    }
    return { text: text + this.text.slice(done), shifts };
  }
}
