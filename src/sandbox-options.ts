import { optionsOf, type Settings } from './config/index.js';
import { type Ceiling, serviceCeiling } from './runtime/index.js';
import { DEFAULT_SANDBOX_OPTIONS, reservedOf, type SandboxOptions } from './sandbox/index.js';

/**
 * The options of the sandbox, for the service and for `javascriptd modules`, which loads packages in the same sandbox.
 * @param moduleDirs folders of installed packages
 * @param hasTenants whether there may be more than one
 */
export function sandboxOptionsOf(
  settings: Settings,
  moduleDirs: readonly string[],
  hasTenants = settings.SECRETS_FILE !== undefined,
): Partial<SandboxOptions> {
  return {
    ...optionsOf('sandbox', settings),
    moduleDirs,
    widest: optionsOf('ceilings', settings),
    // `SECRET` defines one tenant, which may use all runners. With several tenants, some runners stay reserved.
    reservedRunners: hasTenants ? reservedOf(settings.MAX_CONCURRENCY) : 0,
  };
}

/** Upper bounds for the limits in the tenants file and in requests. */
export function ceilingOfSettings(settings: Settings): Ceiling {
  const { TIMEOUT: timeoutMs, LIMITS_MAX_TIMEOUT: maxTimeoutMs } = settings;
  const sandbox = { ...DEFAULT_SANDBOX_OPTIONS, ...sandboxOptionsOf(settings, []) };
  return serviceCeiling({ timeoutMs, maxTimeoutMs }, sandbox);
}
