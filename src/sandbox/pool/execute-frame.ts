import { isLongerThan, JsonText, jsonParts, type TextParts } from '../../json-text/index.js';
import type { ExecuteHead } from '../boundary/messages.js';
import { isDeeper, isLonger, type OutputLimits } from '../boundary/output-limits.js';
import type { Execution, ExecutionWatcher, Limit, Outcome, ScriptTexts } from '../execution.js';
import { type Limits, narrow } from '../limits.js';

/** The parts of the sandbox options that the frame depends on. */
interface FrameOptions extends Limits {
  readonly maxCodeBytes: number;
  readonly maxGlobalsBytes: number;
}

type Excess = Extract<Outcome, { readonly kind: 'exhausted' }>;

/**
 * The limits of an execution: those of the sandbox, or its own as far as the ceiling lets it.
 * @param defaults the limits of the sandbox
 */
export function limitsOf(
  { limits, hostTime, timeoutMs }: Execution,
  defaults: Limits,
  ceiling: Limits,
): Limits {
  if (limits === undefined && hostTime !== 'pauses') return defaults;
  const narrowed = narrow(ceiling, limits ?? {}, defaults);
  const { maxCpuMs = Infinity, maxHostTimeMs } = narrowed;
  return {
    ...narrowed,
    // A deadline that is paused must not let a script compute for ever.
    maxCpuMs: hostTime === 'pauses' ? Math.min(maxCpuMs, timeoutMs) : narrowed.maxCpuMs,
    maxHostTimeMs: Math.max(maxHostTimeMs, timeoutMs),
  };
}

/**
 * Writes the execute frame: a head, a line feed, and the globals, as `parseExecute` reads them. The limits of the execution
 * are in it only where they are not the defaults, which the runner knows.
 * @returns an outcome instead when the script is too large; nothing of it has run then
 */
export function executeFrame(
  { script, modules, functions, prepared, reuse, egress, timeZone }: Execution,
  limits: Limits,
  options: FrameOptions,
  watcher: ExecutionWatcher | undefined,
): TextParts | Excess {
  const excess = textsExcess(script, options);
  if (excess !== undefined) return excess;
  const globals = globalsText(script.globals, options);
  if (typeof globals === 'object' && 'kind' in globals) return globals;
  const { code, language, caller, call } = script;
  const isKnown = prepared !== undefined;
  const head = {
    code: isKnown ? undefined : code,
    language: isKnown ? undefined : language,
    caller: isKnown ? undefined : caller,
    call,
    modules,
    script: prepared,
    reuse,
    egress: egress === undefined ? undefined : true,
    functions: watcher === undefined ? undefined : functions,
    limits: limits === options ? undefined : outputLimitsOf(limits),
    timeZone,
    yields: watcher?.yielded === undefined ? undefined : true,
  } satisfies Record<keyof ExecuteHead, unknown>;
  const tail = typeof globals === 'string' ? globals : globals.part;
  if (head.code instanceof JsonText || head.caller instanceof JsonText)
    return [...jsonParts(head), '\n', tail];
  return [`${JSON.stringify(head)}\n`, tail];
}

/** @returns an outcome when a script that is only to be compiled is too large */
export function compileExcess({ script }: Execution, options: FrameOptions): Excess | undefined {
  return textsExcess(script, options);
}

/** The limits that the runner itself keeps. */
export function outputLimitsOf(limits: OutputLimits): OutputLimits {
  const { maxResultBytes, maxDepth, maxConsoleLines, maxConsoleBytes } = limits;
  return { maxResultBytes, maxDepth, maxConsoleLines, maxConsoleBytes };
}

function globalsText(
  globals: Execution['script']['globals'],
  { maxGlobalsBytes, maxDepth }: FrameOptions,
): string | JsonText | Excess {
  if (globals instanceof JsonText) {
    if (globals.length > maxGlobalsBytes) return exhausted('globals');
    return globals.depth > maxDepth ? exhausted('depth') : globals;
  }
  let json: string;
  try {
    json = JSON.stringify(globals);
  } catch (error) {
    // The stack is full: the globals are nested far more deeply than any limit.
    if (error instanceof RangeError) return exhausted('depth');
    throw error;
  }
  // First, because Node 26 makes JSON of any depth.
  if (isDeeper(json, maxDepth)) return exhausted('depth');
  return isLonger(json, maxGlobalsBytes) ? exhausted('globals') : json;
}

function textsExcess({ code, caller = '' }: ScriptTexts, { maxCodeBytes }: FrameOptions): Excess | undefined {
  if (isLongerThan(code, maxCodeBytes)) return exhausted('code');
  return isLongerThan(caller, maxCodeBytes) ? exhausted('caller') : undefined;
}

function exhausted(limit: Limit): Excess {
  return { kind: 'exhausted', limit, console: [] };
}
