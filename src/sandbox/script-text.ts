import { isLongerThan, JsonText, jsonParts, type TextParts } from '../json-text/index.js';
import type { Execution, ExecutionWatcher, Limit, Outcome, ScriptTexts } from './execution.js';
import { limitsOf } from './pool/execution-bounds.js';
import type { PreparedTexts } from './pool/given-scripts.js';
import { isDeeper } from './boundary/json-depth.js';
import { type ExecutionLimits, type Order, isLonger } from './boundary/messages.js';
import type { SandboxOptions } from './sandbox.options.js';

type ScriptLimits = Pick<SandboxOptions, 'maxCodeBytes' | 'maxGlobalsBytes' | 'maxDepth'>;

/**
 * What a runner process is sent of an execution: a head and the globals, as `parseExecute` of the runner reads them.
 * @returns an outcome instead when the script is too large as it comes; nothing of it has run then
 */
export function scriptText({ script }: Execution, order: Order, limits: ScriptLimits): TextParts | Outcome {
  const excess = textsExcess(script, limits);
  if (excess !== undefined) return excess;
  const globals = globalsText(script.globals, limits);
  if (typeof globals !== 'string' && !(globals instanceof JsonText)) return globals;
  const { code, language, caller, call } = script;
  const texts = order.script === undefined ? { code, language, caller } : undefined;
  return [
    ...jsonParts({ ...texts, call, ...order }),
    '\n',
    typeof globals === 'string' ? globals : globals.part,
  ];
}

function globalsText(
  globals: Execution['script']['globals'],
  { maxGlobalsBytes, maxDepth }: ScriptLimits,
): string | JsonText | Outcome {
  if (globals instanceof JsonText) {
    if (globals.length > maxGlobalsBytes) return exhausted('globals');
    return globals.depth > maxDepth ? exhausted('depth') : globals;
  }
  let json: string;
  try {
    json = JSON.stringify(globals);
  } catch (error) {
    // Of a stack that is full: nested far more deeply than any limit.
    if (error instanceof RangeError) return exhausted('depth');
    throw error;
  }
  if (isLonger(json, maxGlobalsBytes)) return exhausted('globals');
  return isDeeper(json, maxDepth) ? exhausted('depth') : json;
}

/** What is sent of a script that is only compiled; an outcome as in {@link scriptText}. */
export function compileText({ script }: Execution, limits: ScriptLimits): TextParts | Outcome {
  const { code, language, caller } = script;
  return textsExcess(script, limits) ?? jsonParts({ code, language, caller });
}

/** What the runner is given of a prepared script, once. */
export function preparedTexts({ prepared: id, script }: Execution): PreparedTexts | undefined {
  if (id === undefined) return undefined;
  const { code, language, caller } = script;
  return { script: id, code, language, caller };
}

function textsExcess({ code, caller = '' }: ScriptTexts, limits: ScriptLimits): Outcome | undefined {
  if (isLongerThan(code, limits.maxCodeBytes)) return exhausted('code');
  return isLongerThan(caller, limits.maxCodeBytes) ? exhausted('caller') : undefined;
}

/** What the runner is told beside the script; of limits only where they are not its own. */
export function orderOf(
  { modules, functions, prepared: script, reuse, egress: way }: Execution,
  bounds: ExecutionLimits,
  own: ExecutionLimits,
  watcher: ExecutionWatcher | undefined,
): Order {
  const egress = way !== undefined || undefined;
  if (bounds === own && watcher === undefined) return { modules, script, reuse, egress };
  return {
    modules,
    script,
    reuse,
    egress,
    functions,
    ...(bounds !== own && { limits: limitsOf(bounds) }),
    ...(watcher?.yielded !== undefined && { yields: true }),
  };
}

function exhausted(limit: Limit): Outcome {
  return { kind: 'exhausted', limit, console: [] };
}
