import { Allowlist, type Execution } from '../sandbox/index.js';
import { invalidScript } from './errors.js';
import type { ScriptRequest } from './script.dto.js';

const MIB = 2 ** 20;

/** What the operator lets a tenant's scripts have. */
type Allowed = Pick<Execution, 'modules' | 'egress' | 'timeoutMs' | 'tenant'>;

/**
 * The execution that a client asks for with a script and its options.
 * @throws DuplexError 1100 when it asks for more time or for other modules than it may have
 */
export function executionOf(script: ScriptRequest, allowed: Allowed): Execution {
  const { options } = script;
  if (options === undefined) return { script, ...allowed };
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
  } = options;
  if (timeout > allowed.timeoutMs) {
    throw invalidScript([{ field: 'options.timeout', problem: `must be at most ${allowed.timeoutMs}` }]);
  }
  return {
    script,
    tenant: allowed.tenant,
    egress: allowed.egress,
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

/** Those that both sides let through. A pattern of the client's must be one of the operator's, too. */
function narrowed(asked: readonly string[], allowed: readonly string[]): readonly string[] {
  const allowlist = new Allowlist(allowed);
  return asked.filter((name) => allowlist.allows(name.replace(/^node:/, '')));
}
