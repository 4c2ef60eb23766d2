import { delimiter } from 'node:path';
import type { Settings } from './config/index.js';
import { reservedOf, type SandboxOptions } from './sandbox/index.js';

/**
 * The sandbox as the settings describe it: for the service, and for `javascriptd modules`, which tries packages in the same one.
 * @param moduleDirs folders of installed packages
 * @param hasTenants whether there may be more than one
 */
export function sandboxOptionsOf(
  settings: Settings,
  moduleDirs: readonly string[],
  hasTenants = settings.SECRETS_FILE !== undefined,
): Partial<SandboxOptions> {
  return {
    modules: settings.MODULES,
    moduleDirs,
    nodePath: settings.SANDBOX_NODE,
    requiredGuarantees: settings.SANDBOX_REQUIRE ?? [],
    toolDirs: settings.SANDBOX_TOOLS.split(delimiter),
    firstUid: settings.SANDBOX_UID,
    maxMemoryBytes: settings.SANDBOX_MEMORY * 2 ** 20,
    maxHeapBytes: mebibytes(settings.SANDBOX_HEAP),
    maxCpuMs: settings.SANDBOX_CPU,
    maxHostTimeMs: settings.LIMITS_MAX_HOST_TIME,
    isolation: settings.SANDBOX_ISOLATION,
    addons: settings.SANDBOX_ADDONS,
    webAssembly: settings.SANDBOX_WEBASSEMBLY,
    maxCodeBytes: settings.SANDBOX_MAX_CODE_BYTES,
    maxGlobalsBytes: settings.SANDBOX_MAX_GLOBALS_BYTES,
    maxResultBytes: settings.SANDBOX_MAX_RESULT_BYTES,
    maxDepth: settings.SANDBOX_MAX_DEPTH,
    maxConsoleLines: settings.SANDBOX_MAX_CONSOLE_LINES,
    maxConsoleBytes: settings.SANDBOX_MAX_CONSOLE_BYTES,
    widest: {
      maxCpuMs: settings.LIMITS_MAX_CPU,
      maxResultBytes: settings.LIMITS_MAX_RESULT_BYTES,
      maxConsoleLines: settings.LIMITS_MAX_CONSOLE_LINES,
      maxConsoleBytes: settings.LIMITS_MAX_CONSOLE_BYTES,
    },
    consoleExcess: settings.SANDBOX_CONSOLE_EXCESS,
    minRunners: settings.SANDBOX_MIN_RUNNERS,
    maxRunners: settings.MAX_CONCURRENCY,
    // `SECRET` makes one tenant, which may have all. Of several, none is to find all taken, not even the first time.
    reservedRunners: hasTenants ? reservedOf(settings.MAX_CONCURRENCY) : 0,
    queueSize: settings.QUEUE_SIZE,
    queueTimeoutMs: settings.QUEUE_TIMEOUT,
    maxExecutionsPerRunner: settings.SANDBOX_MAX_EXECUTIONS,
    idleTimeoutMs: settings.SANDBOX_IDLE_TIMEOUT,
  };
}

function mebibytes(given: number | undefined): number | undefined {
  return given === undefined ? undefined : given * 2 ** 20;
}
