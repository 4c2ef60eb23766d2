import { Allowlist, type Execution } from '../sandbox/index.js';
import { invalidScript } from './errors.js';
import type { ScriptRequest } from './script.dto.js';

const MIB = 2 ** 20;

/** What the operator lets a tenant's scripts have. */
export type Allowed = Pick<Execution, 'modules' | 'timeoutMs' | 'tenant'> & {
  /** Whether the sandbox keeps contexts. */
  readonly reuses: boolean;
};

/**
 * The execution that a client asks for with a script and its options.
 * @param prepared id of the script, where it was prepared
 * @throws DuplexError 1100 when it asks for more than it may have
 */
export function executionOf(
  script: ScriptRequest,
  { reuses, ...allowed }: Allowed,
  prepared?: string,
): Execution {
  const { options } = script;
  if (options === undefined) return { script, prepared, ...allowed };
  const {
    timeout = allowed.timeoutMs,
    cpu,
    memory,
    result,
    console,
    isolation,
    modules,
    functions,
    hostTime,
    reuse,
  } = options;
  if (timeout > allowed.timeoutMs) {
    throw invalidScript([{ field: 'options.timeout', problem: `must be at most ${allowed.timeoutMs}` }]);
  }
  if (reuse === true) checkReuse(prepared !== undefined, reuses && isolation !== 'process');
  return {
    script,
    prepared,
    reuse,
    tenant: allowed.tenant,
    timeoutMs: timeout,
    modules: modules === undefined ? allowed.modules : narrowed(modules, allowed.modules),
    isolation,
    functions,
    hostTime,
    limits: {
      maxCpuMs: cpu,
      maxMemoryBytes: memory === undefined ? undefined : memory * MIB,
      maxResultBytes: result,
      maxConsoleLines: console?.lines,
      maxConsoleBytes: console?.bytes,
    },
  };
}

function checkReuse(isPrepared: boolean, isKept: boolean): void {
  const [field, problem] = [
    'options.reuse',
    isPrepared ? 'is not there at level process' : 'needs a prepared "script"',
  ];
  if (!isPrepared || !isKept) throw invalidScript([{ field, problem }]);
}

/** Those that both sides let through. A pattern of the client's must be one of the operator's, too. */
function narrowed(asked: readonly string[], allowed: readonly string[]): readonly string[] {
  const allowlist = new Allowlist(allowed);
  return asked.filter((name) => allowlist.allows(name.replace(/^node:/, '')));
}
