import type { Script, Thrown } from '../execution.js';
import type { Frame } from './frames.js';
import { isDeeper } from './json-depth.js';

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
  /** The console is cut here. */
  consoleCut: 9,
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
  readonly limits: ExecutionLimits;
}

/** What one execution may give back; the runner keeps it, and the gateway does not trust that. */
export interface ExecutionLimits {
  /** Largest result, in bytes of its JSON text. */
  readonly maxResultBytes: number;
  /** Most levels of arrays and objects in a result. */
  readonly maxDepth: number;
  readonly maxConsoleLines: number;
  /** In bytes of UTF-8. */
  readonly maxConsoleBytes: number;
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

/** @param globals of the script, as JSON */
export function executeText(
  { code, language, call, caller }: Script,
  modules: readonly string[],
  globals: string,
): string {
  return `${JSON.stringify({ code, language, call, caller, modules })}\n${globals}`;
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
  | { readonly kind: 'exhausted'; readonly limit: 'result' | 'depth' };

export type RunnerMessage =
  | { readonly kind: 'ready' | 'idle' | 'waiting' | 'consoleCut' }
  | { readonly kind: 'console'; readonly line: string }
  | RunnerAnswer;

/**
 * Reads what a runner wrote, trusting none of it.
 * @returns undefined where it is no message of ours; the runner process is then to be killed
 */
export function parseRunnerMessage(
  { kind, text }: Frame,
  limits: ExecutionLimits,
): RunnerMessage | undefined {
  switch (kind) {
    case FROM_RUNNER.ready:
      return { kind: 'ready' };
    case FROM_RUNNER.idle:
      return { kind: 'idle' };
    case FROM_RUNNER.waiting:
      return { kind: 'waiting' };
    case FROM_RUNNER.missing:
      return { kind: 'missing' };
    case FROM_RUNNER.consoleCut:
      return { kind: 'consoleCut' };
    case FROM_RUNNER.console:
      return { kind: 'console', line: text };
    case FROM_RUNNER.returned:
      // Past a limit that the runner keeps, it is no runner of ours that speaks.
      if (excessOf(text, limits) !== undefined) return undefined;
      return parsed(text, (value) => ({ kind: 'returned', value }));
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

/** @returns the limit that this result is past, if any */
export function excessOf(json: string, limits: ExecutionLimits): 'result' | 'depth' | undefined {
  if (isLonger(json, limits.maxResultBytes)) return 'result';
  return isDeeper(json, limits.maxDepth) ? 'depth' : undefined;
}

/** Whether a text has more bytes of UTF-8; most are so short that nothing need be counted. */
export function isLonger(text: string, bytes: number): boolean {
  if (text.length > bytes) return true;
  return 3 * text.length > bytes && Buffer.byteLength(text) > bytes;
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
