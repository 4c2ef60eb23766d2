import type { Execution, Script, Thrown } from '../execution.js';
import type { Frame } from './frames.js';

/** What the gateway says to a runner; the number is the frame's kind. */
export const TO_RUNNER = {
  /** Once, first: {@link Preparation} as JSON. */
  prepare: 1,
  /** Head as JSON, a line feed, then the globals as JSON: so globals are never parsed on the way. */
  execute: 2,
} as const;

/** What a runner says to the gateway. The gateway takes every byte of it for hostile. */
export const FROM_RUNNER = {
  /** Prepared, and a context is made: the first execution may come. */
  ready: 1,
  /** The last execution is over, and the next context is made. */
  idle: 2,
  /** The script has yielded without an answer: it waits for a timer. */
  waiting: 3,
  /** One line of the script's console, as text. */
  console: 4,
  /** The final answers: a value as JSON, {@link Thrown} as JSON, nothing, the limit's name. */
  returned: 5,
  threw: 6,
  missing: 7,
  exhausted: 8,
} as const;

/** An npm package that the operator installed. */
export interface InstalledPackage {
  /** What scripts write in `require`: the folder's name, with the scope. */
  readonly name: string;
  readonly version: string;
  /** Absolute path with every symbolic link followed. */
  readonly dir: string;
}

export interface Preparation {
  readonly packages: readonly InstalledPackage[];
  /** Largest result, in bytes of its JSON text. */
  readonly maxResultBytes: number;
}

/** An execution as the runner sees it: no tenant, no deadline (the gateway keeps both). */
export interface ExecuteMessage {
  readonly code: string;
  readonly language: Script['language'];
  readonly call: string | undefined;
  readonly caller: string | undefined;
  readonly modules: readonly string[];
  /** JSON text of an object. */
  readonly globals: string;
}

/** @throws RangeError when the globals are nested too deeply to be written as JSON */
export function executeText({ script, modules }: Execution): string {
  const head = {
    code: script.code,
    language: script.language,
    call: script.call,
    caller: script.caller,
    modules,
  };
  return `${JSON.stringify(head)}\n${JSON.stringify(script.globals)}`;
}

export function parseExecute(text: string): ExecuteMessage {
  const cut = text.indexOf('\n');
  const head = JSON.parse(text.slice(0, cut)) as Omit<ExecuteMessage, 'globals'>;
  return { ...head, globals: text.slice(cut + 1) };
}

/** The one final answer of an execution. */
export type RunnerAnswer =
  | { readonly kind: 'returned'; readonly value: unknown }
  | { readonly kind: 'threw'; readonly thrown: Thrown }
  | { readonly kind: 'missing' }
  | { readonly kind: 'exhausted'; readonly limit: 'result' };

export type RunnerMessage =
  | { readonly kind: 'ready' | 'idle' | 'waiting' }
  | { readonly kind: 'console'; readonly line: string }
  | RunnerAnswer;

/**
 * Reads what a runner wrote, trusting none of it.
 * @returns undefined where it is no message of ours; the runner process is then to be killed
 */
export function parseRunnerMessage({ kind, text }: Frame): RunnerMessage | undefined {
  switch (kind) {
    case FROM_RUNNER.ready:
      return { kind: 'ready' };
    case FROM_RUNNER.idle:
      return { kind: 'idle' };
    case FROM_RUNNER.waiting:
      return { kind: 'waiting' };
    case FROM_RUNNER.missing:
      return { kind: 'missing' };
    case FROM_RUNNER.console:
      return { kind: 'console', line: text };
    case FROM_RUNNER.returned:
      return parsed(text, (value) => ({ kind: 'returned', value }));
    case FROM_RUNNER.threw:
      return parsed(text, (value) => {
        const thrown = thrownOf(value);
        return thrown && { kind: 'threw', thrown };
      });
    case FROM_RUNNER.exhausted:
      return text === 'result' ? { kind: 'exhausted', limit: text } : undefined;
    default:
      return undefined;
  }
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

/** Copies field by field, so that nothing else a runner wrote goes on to the client. */
function thrownOf(value: unknown): Thrown | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { name, message, stack, line, column, excerpt } = value as Record<string, unknown>;
  if (typeof name !== 'string' || typeof message !== 'string') return undefined;
  return {
    name,
    message,
    ...(typeof stack === 'string' && { stack }),
    ...(isPosition(line) && { line }),
    ...(isPosition(column) && { column }),
    ...(typeof excerpt === 'string' && { excerpt }),
  };
}

function isPosition(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0;
}
