import { isUtf8 } from 'node:buffer';
import { JsonText } from '../../json-text/index.js';
import type { Thrown } from '../execution.js';
import { type ConsoleLevel, levelOf } from '../boundary/console-levels.js';
import { EGRESS_TEXT_BYTES, type EgressFrame, parseRunnersEgress } from '../boundary/egress/egress-frame.js';
import type { Frame } from '../boundary/frames.js';
import {
  MAX_FUNCTION_NAME,
  MAX_FUNCTION_NAMES,
  UNANSWERED,
  type Unanswered,
} from '../boundary/call-facts.js';
import { FROM_RUNNER, MAX_THROWN_CHARACTERS } from '../boundary/messages.js';
import { isDeeper, type OutputLimits } from '../boundary/output-limits.js';

/** A ticket of the runner, and the name of a function: JSON follows. */
const CALLED = /^(\d{1,9})\n([\w$.]{1,256})\n/;
const CALLED_BYTES = 300;

/** A larger value stays a `JsonText`: parsing it and writing it again would keep every client waiting. */
export const MAX_PARSED_BYTES = 16 * 1024;
/** Our runner writes one line only. */
const LINE_BREAK = /[\n\r]/;

/** The byte that names the kind, which a frame's length counts. */
const KIND_BYTES = 1;
/** JSON escapes a character as at most `\u0000`. */
const ESCAPED_BYTES = 6;
/** Name, message and stack; the names of the fields, a line and a column, and the short excerpt. */
const THROWN_BYTES = 3 * ESCAPED_BYTES * MAX_THROWN_CHARACTERS + 8192;
/** A ticket of nine digits, a name of 256 characters, and a line feed after each. */
const CALLED_HEAD_BYTES = 9 + 256 + 2;
/** Of `unanswered`: the longest word is `returned`. */
const UNANSWERED_BYTES = 8;
/** A list of names in quotation marks, with commas between them. */
const MISSING_BYTES = 2 + MAX_FUNCTION_NAMES * (ESCAPED_BYTES * MAX_FUNCTION_NAME + 3);
/** The longest name of a limit is `result`. */
const EXHAUSTED_BYTES = 16;

/** The one final answer of an execution. */
export type RunnerAnswer =
  /** A large value is a `JsonText`. */
  | { readonly kind: 'returned'; readonly value: unknown }
  | { readonly kind: 'threw'; readonly thrown: Thrown }
  | { readonly kind: 'missing'; readonly functions: readonly string[] }
  | { readonly kind: 'exhausted'; readonly limit: 'result' | 'depth' };

export type RunnerMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'idle' }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'unanswered'; readonly by: Unanswered }
  | { readonly kind: 'loading'; readonly begins: boolean }
  | { readonly kind: 'consoleCut' }
  | { readonly kind: 'console'; readonly level: ConsoleLevel; readonly text: string }
  | { readonly kind: 'yielded'; readonly value: unknown }
  | {
      readonly kind: 'called';
      readonly ticket: number;
      readonly name: string;
      readonly args: readonly unknown[] | JsonText;
    }
  | { readonly kind: 'egress'; readonly frame: EgressFrame }
  | RunnerAnswer;

/**
 * Max bytes of a frame that our runner sends, its kind included. Checked as soon as a frame's length and kind are there,
 * before any text is made of it.
 * @param limits of the running execution; undefined while none runs, when only `ready` and `idle` can come
 */
export function frameLimit(kind: number, limits: OutputLimits | undefined): number {
  return KIND_BYTES + (limits === undefined ? 0 : contentLimit(kind, limits));
}

function contentLimit(kind: number, { maxResultBytes, maxConsoleBytes }: OutputLimits): number {
  switch (kind) {
    case FROM_RUNNER.console:
      // One digit for the level.
      return maxConsoleBytes + 1;
    case FROM_RUNNER.returned:
    case FROM_RUNNER.yielded:
      return maxResultBytes;
    case FROM_RUNNER.called:
      return CALLED_HEAD_BYTES + maxResultBytes;
    case FROM_RUNNER.threw:
      return THROWN_BYTES;
    case FROM_RUNNER.missing:
      return MISSING_BYTES;
    case FROM_RUNNER.loading:
      return 1;
    case FROM_RUNNER.unanswered:
      return UNANSWERED_BYTES;
    case FROM_RUNNER.exhausted:
      return EXHAUSTED_BYTES;
    case FROM_RUNNER.egress:
      return EGRESS_TEXT_BYTES;
    default:
      return 0;
  }
}

/**
 * Parses a message of a runner, trusting none of it; frames with a value are parsed by {@link parseShortValue} or {@link parseLongValue}.
 * @param limits of the execution that runs, if any
 * @returns undefined on a protocol violation: the runner process is then to be killed
 */
export function parseRunnerMessage(
  { kind, text }: Pick<Frame, 'kind' | 'text'>,
  limits: OutputLimits | undefined,
): RunnerMessage | undefined {
  if (kind === FROM_RUNNER.ready) return { kind: 'ready' };
  if (kind === FROM_RUNNER.idle) return { kind: 'idle' };
  // Everything else is about an execution.
  if (limits === undefined) return undefined;
  switch (kind) {
    case FROM_RUNNER.waiting:
      return { kind: 'waiting' };
    case FROM_RUNNER.missing:
      return parsed(text, missingOf);
    case FROM_RUNNER.unanswered:
      return unansweredOf(text);
    case FROM_RUNNER.loading:
      return text === '1' || text === '0' ? { kind: 'loading', begins: text === '1' } : undefined;
    case FROM_RUNNER.consoleCut:
      return { kind: 'consoleCut' };
    case FROM_RUNNER.console:
      return consoleOf(text);
    case FROM_RUNNER.egress:
      return egressOf(text);
    case FROM_RUNNER.threw:
      return parsed(text, (value) => {
        const thrown = thrownOf(value);
        return thrown && { kind: 'threw', thrown };
      });
    case FROM_RUNNER.exhausted:
      return text === 'result' || text === 'depth' ? { kind: 'exhausted', limit: text } : undefined;
    default:
      return undefined;
  }
}

function missingOf(value: unknown): RunnerMessage | undefined {
  if (!Array.isArray(value) || value.length > MAX_FUNCTION_NAMES) return undefined;
  const names: readonly unknown[] = value;
  const functions = names.filter((name) => typeof name === 'string' && name.length <= MAX_FUNCTION_NAME);
  return functions.length === names.length
    ? { kind: 'missing', functions: functions as string[] }
    : undefined;
}

function unansweredOf(text: string): RunnerMessage | undefined {
  const by = UNANSWERED.find((known) => known === text);
  return by && { kind: 'unanswered', by };
}

function consoleOf(text: string): RunnerMessage | undefined {
  const level = levelOf(text);
  return level && { kind: 'console', level, text: text.slice(1) };
}

function egressOf(text: string): RunnerMessage | undefined {
  const frame = parseRunnersEgress(text);
  return frame && { kind: 'egress', frame };
}

/** The JSON of the value in a frame, if its kind carries one. */
export function valueBytes({ kind, bytes }: Frame): Buffer | undefined {
  if (kind === FROM_RUNNER.returned || kind === FROM_RUNNER.yielded) return bytes;
  if (kind !== FROM_RUNNER.called) return undefined;
  const [head] = CALLED.exec(bytes.toString('latin1', 0, CALLED_BYTES)) ?? [''];
  return bytes.subarray(head.length);
}

/**
 * Like {@link parseRunnerMessage}, for frames with a value of at most {@link MAX_PARSED_BYTES}.
 * @param value from {@link valueBytes}
 */
export function parseShortValue(
  frame: Frame,
  value: Buffer,
  limits: OutputLimits | undefined,
): RunnerMessage | undefined {
  if (limits === undefined || value.length > limits.maxResultBytes || !isUtf8(value)) return undefined;
  const text = value.toString();
  if (LINE_BREAK.test(text) || isDeeper(text, limits.maxDepth)) return undefined;
  return parsed(text, (made) => valueMessage(frame, made));
}

/**
 * Like {@link parseRunnerMessage}, for frames with a longer value.
 * @param json the value, scanned; undefined where it is not JSON
 */
export function parseLongValue(
  frame: Frame,
  json: JsonText | undefined,
  limits: OutputLimits | undefined,
): RunnerMessage | undefined {
  if (json === undefined || limits === undefined || json.length > limits.maxResultBytes) return undefined;
  return json.hasLineBreak || json.depth > limits.maxDepth ? undefined : valueMessage(frame, json);
}

function valueMessage({ kind, bytes }: Frame, value: unknown): RunnerMessage | undefined {
  if (kind === FROM_RUNNER.returned) return { kind: 'returned', value };
  if (kind === FROM_RUNNER.yielded) return { kind: 'yielded', value };
  const [, ticket = '', name = ''] = CALLED.exec(bytes.toString('latin1', 0, CALLED_BYTES)) ?? [];
  const isList = value instanceof JsonText ? value.isArray : Array.isArray(value);
  if (ticket === '' || !isList) return undefined;
  return { kind: 'called', ticket: Number(ticket), name, args: value as JsonText | unknown[] };
}

function parsed(
  text: string,
  make: (value: unknown) => RunnerMessage | undefined,
): RunnerMessage | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return make(value);
}

/** Copies field by field, cut as our runner cuts them, so that nothing else goes on to the client. */
function thrownOf(value: unknown): Thrown | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { name, message, stack, line, column, excerpt } = value as Record<string, unknown>;
  if (typeof name !== 'string' || typeof message !== 'string') return undefined;
  return {
    name: cut(name),
    message: cut(message),
    ...(typeof stack === 'string' && { stack: cut(stack) }),
    ...(isPosition(line) && { line }),
    ...(isPosition(column) && { column }),
    ...(typeof excerpt === 'string' && { excerpt: cut(excerpt) }),
  };
}

function cut(text: string): string {
  return text.length > MAX_THROWN_CHARACTERS ? text.slice(0, MAX_THROWN_CHARACTERS) : text;
}

function isPosition(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0;
}
