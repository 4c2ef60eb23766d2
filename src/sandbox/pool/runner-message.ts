import { isUtf8 } from 'node:buffer';
import { JsonText } from '../../json-text/index.js';
import type { Thrown } from '../execution.js';
import { type ConsoleLevel, levelOf } from '../boundary/console-levels.js';
import { type EgressFrame, parseRunnersEgress } from '../boundary/egress/egress-frame.js';
import type { Frame } from '../boundary/frames.js';
import { isDeeper } from '../boundary/json-depth.js';
import { type ExecutionLimits, FROM_RUNNER, MAX_THROWN_CHARACTERS } from '../boundary/messages.js';

/** A ticket of the runner's own, and the name of a function: JSON follows. */
const CALLED = /^(\d{1,9})\n([\w$.]{1,256})\n/;
const CALLED_BYTES = 300;

/** A larger value stays a `JsonText`: to parse it, and to write it again, would keep every client waiting. */
export const MAX_PARSED_BYTES = 16 * 1024;
/** No runner of ours writes more than one line. */
const LINE_BREAK = /[\n\r]/;

/** The one final answer of an execution. */
export type RunnerAnswer =
  /** A large value is a `JsonText`. */
  | { readonly kind: 'returned'; readonly value: unknown }
  | { readonly kind: 'threw'; readonly thrown: Thrown }
  | { readonly kind: 'missing' }
  | { readonly kind: 'exhausted'; readonly limit: 'result' | 'depth' };

export type RunnerMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'idle' }
  | { readonly kind: 'waiting' }
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
 * Reads what a runner wrote, trusting none of it; frames with a value are read by {@link parseShortValue} or {@link parseLongValue}.
 * @param limits of the execution that runs, if any
 * @returns undefined where it is no message of ours; the runner process is then to be killed
 */
export function parseRunnerMessage(
  { kind, text }: Pick<Frame, 'kind' | 'text'>,
  limits: ExecutionLimits | undefined,
): RunnerMessage | undefined {
  if (kind === FROM_RUNNER.ready) return { kind: 'ready' };
  if (kind === FROM_RUNNER.idle) return { kind: 'idle' };
  // Everything else is about an execution.
  if (limits === undefined) return undefined;
  switch (kind) {
    case FROM_RUNNER.waiting:
      return { kind: 'waiting' };
    case FROM_RUNNER.missing:
      return { kind: 'missing' };
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

function consoleOf(text: string): RunnerMessage | undefined {
  const level = levelOf(text);
  return level && { kind: 'console', level, text: text.slice(1) };
}

function egressOf(text: string): RunnerMessage | undefined {
  const frame = parseRunnersEgress(text);
  return frame && { kind: 'egress', frame };
}

/** A value of the script's, as far as a runner's frame carries one: as JSON. */
export function valueBytes({ kind, bytes }: Frame): Buffer | undefined {
  if (kind === FROM_RUNNER.returned || kind === FROM_RUNNER.yielded) return bytes;
  if (kind !== FROM_RUNNER.called) return undefined;
  const [head] = CALLED.exec(bytes.toString('latin1', 0, CALLED_BYTES)) ?? [''];
  return bytes.subarray(head.length);
}

/**
 * As {@link parseRunnerMessage}, for frames with a value of at most {@link MAX_PARSED_BYTES}.
 * @param value from {@link valueBytes}
 */
export function parseShortValue(
  frame: Frame,
  value: Buffer,
  limits: ExecutionLimits | undefined,
): RunnerMessage | undefined {
  if (limits === undefined || value.length > limits.maxResultBytes || !isUtf8(value)) return undefined;
  const text = value.toString();
  if (LINE_BREAK.test(text) || isDeeper(text, limits.maxDepth)) return undefined;
  return parsed(text, (made) => valueMessage(frame, made));
}

/**
 * As {@link parseRunnerMessage}, for frames with a longer value.
 * @param json the value, scanned; undefined where it is not JSON
 */
export function parseLongValue(
  frame: Frame,
  json: JsonText | undefined,
  limits: ExecutionLimits | undefined,
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

/** Copies field by field, cut as a runner of ours cuts them, so that nothing else a runner wrote goes on to the client. */
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
