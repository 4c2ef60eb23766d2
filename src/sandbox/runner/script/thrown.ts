import { fileURLToPath } from 'node:url';
import { MAX_THROWN_CHARACTERS, type Thrown } from '../../boundary/messages.js';
import type { Shift } from '../syntax/index.js';

/** The author's text; the names stand in stacks. */
export const SCRIPT_FILE = 'script.js';
export const CALLER_FILE = 'caller.js';

/** Frames of Node, of this program, and of the code that it runs inside the context. */
const OUR_FRAME = /^\s+at .*(?:\bnode:|\bfile:\/\/|\bjavascriptd:)/;
/** Where this program lies: the frames of its bundle have a path, not a URL. */
const OUR_FOLDER = fileURLToPath(new URL('../', import.meta.url));
const BUILTIN_FRAME = /^\s+at .*\(<anonymous>\)$/;
const AUTHOR_POSITION = /\b(?:script|caller)\.js:(\d+):(\d+)/;
/** Node puts the place of a syntax error before the stack: `script.js:3`, the line, a row of carets (none at the end of the text). */
const SYNTAX_POSITION = /^((?:script|caller)\.js):(\d+)\n([^\n]*)\n([ \t]*)(\^?)/;

/** The parser's: lines from 1, columns from 0. */
interface Place {
  readonly line: number;
  readonly column: number;
}

/** Most characters of an excerpt's line. */
const EXCERPT = 120;

/** Most characters of a message in the stack of a syntax error: its place stands behind it. */
const MAX_IN_STACK = MAX_THROWN_CHARACTERS - 200;

/** How the parser's messages end. */
const PARSERS_PLACE = / \(\d+:\d+\)$/;

/**
 * Describes what a script threw, from text that was read inside its realm: nothing of it is trusted to be
 * more than text. Keeps only the script's own frames.
 */
export function describeThrown(
  name: string,
  message: string,
  stack: string | undefined,
  shifts: readonly Shift[] = [],
): Thrown {
  const text = { name: cut(name) || 'Error', message: cut(message) };
  if (stack === undefined) return text;
  const frames = withAuthorColumns(ownFrames(cut(stack)), shifts);
  const place = frames.slice(frames.indexOf('\n    at ')).match(AUTHOR_POSITION);
  return { ...text, stack: cut(frames), ...(place && { line: Number(place[1]), column: Number(place[2]) }) };
}

/**
 * Describes the error of a script that does not compile.
 * @param error of the host's realm: only its text goes on
 * @param text the author's
 * @param columnOffset as it was given to `compile`
 */
export function describeSyntaxError(error: Error, text = '', columnOffset = 0): Thrown {
  const { stack = '' } = error;
  // Of an identifier that is as long as the text.
  const [name, message] = [cut(error.name), cut(error.message)];
  if (isParsers(error)) {
    const { line, column } = error.loc;
    return withPlace(name, message.replace(PARSERS_PLACE, ''), text, {
      file: SCRIPT_FILE,
      line,
      column: column + 1,
    });
  }
  const place = stack.match(SYNTAX_POSITION);
  if (place === null) return { name, message, stack: cut(`${name}: ${message}`) };
  const [, file = SCRIPT_FILE, lineText, source = '', spaces = '', caret] = place;
  const line = Number(lineText);
  const column = (caret ? spaces : source).length + 1 + (line === 1 ? columnOffset : 0);
  return withPlace(name, message, text, { file, line, column });
}

function withPlace(
  name: string,
  message: string,
  text: string,
  { file, line, column }: { readonly file: string; readonly line: number; readonly column: number },
): Thrown {
  const stack = `${name}: ${message.slice(0, MAX_IN_STACK)}\n    at ${file}:${line}:${column}`;
  const source = text.split(/\r\n|[\n\r\u2028\u2029]/, line)[line - 1];
  return {
    name,
    message,
    stack,
    line,
    column,
    ...(source !== undefined && { excerpt: excerptOf(source, column) }),
  };
}

/** The line, or as much of it as is near the column, and a caret below. */
function excerptOf(source: string, column: number): string {
  const from = Math.max(0, Math.min(column - 1 - EXCERPT / 2, source.length - EXCERPT));
  const shown = source.slice(from, from + EXCERPT);
  // Tabs stay, so that the caret stands below its character however wide they are.
  const before = source.slice(from, column - 1).replaceAll(/[^\t]/g, ' ');
  return `${shown}\n${before}^`;
}

/** The error of the parser of modules, which knows its place. */
function isParsers(error: Error): error is Error & { readonly loc: Place } {
  return 'loc' in error;
}

/** A stack without the frames that are not the script's: ours, and builtins that ours called. */
export function ownFrames(stack: string): string {
  const own: string[] = [];
  let oursBelow = false;
  for (const line of stack.split('\n').toReversed()) {
    oursBelow = OUR_FRAME.test(line) || line.includes(OUR_FOLDER) || (oursBelow && BUILTIN_FRAME.test(line));
    if (!oursBelow) own.push(line);
  }
  return own.toReversed().join('\n');
}

/**
 * Restores the author's columns in the `script.js` frames of a stack: the text of a module is rewritten before it runs, with
 * all of its lines kept.
 */
function withAuthorColumns(stack: string, shifts: readonly Shift[]): string {
  if (shifts.length === 0) return stack;
  return stack.replaceAll(
    /\bscript\.js:(\d+):(\d+)/g,
    (_, line: string, column: string) =>
      `script.js:${line}:${authorColumn(shifts, Number(line), Number(column))}`,
  );
}

/** @param shifts in the order of the text */
function authorColumn(shifts: readonly Shift[], line: number, column: number): number {
  const last = shifts.findLast(([ofLine, from]) => ofLine === line && from <= column);
  return last === undefined ? column : Math.max(1, column - last[2]);
}

function cut(text: string): string {
  return text.length > MAX_THROWN_CHARACTERS ? text.slice(0, MAX_THROWN_CHARACTERS) : text;
}
