import type { Execution, ExecutionWatcher, Limit, Outcome } from './execution.js';
import { limitsOf } from './pool/execution-bounds.js';
import { isDeeper } from './runner/json-depth.js';
import { type ExecutionLimits, type Order, executeText, isLonger } from './runner/messages.js';
import type { SandboxOptions } from './sandbox.options.js';

type ScriptLimits = Pick<SandboxOptions, 'maxCodeBytes' | 'maxGlobalsBytes' | 'maxDepth'>;

/**
 * What a runner process is sent of an execution.
 * @returns an outcome instead when the script is too large as it comes; nothing of it has run then
 */
export function scriptText({ script }: Execution, order: Order, limits: ScriptLimits): string | Outcome {
  const { code, caller = '', globals } = script;
  if (isLonger(code, limits.maxCodeBytes)) return exhausted('code');
  if (isLonger(caller, limits.maxCodeBytes)) return exhausted('caller');
  let json: string;
  try {
    json = JSON.stringify(globals);
  } catch (error) {
    // Of a stack that is full: nested far more deeply than any limit.
    if (error instanceof RangeError) return exhausted('depth');
    throw error;
  }
  if (isLonger(json, limits.maxGlobalsBytes)) return exhausted('globals');
  if (isDeeper(json, limits.maxDepth)) return exhausted('depth');
  return executeText(script, order, json);
}

/** What the runner is told beside the script; of limits only where they are not its own. */
export function orderOf(
  { modules, functions }: Execution,
  bounds: ExecutionLimits,
  own: ExecutionLimits,
  watcher: ExecutionWatcher | undefined,
): Order {
  if (bounds === own && watcher === undefined) return { modules };
  return {
    modules,
    functions,
    limits: limitsOf(bounds),
    yields: watcher?.yielded !== undefined,
  };
}

function exhausted(limit: Limit): Outcome {
  return { kind: 'exhausted', limit, console: [] };
}
