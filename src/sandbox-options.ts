import { optionsOf, type Settings } from './config/index.js';
import { reservedOf, type SandboxOptions } from './sandbox/index.js';

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
  const read = (name: keyof Settings): unknown => settings[name];
  return {
    ...optionsOf('sandbox', read),
    moduleDirs,
    widest: optionsOf('ceilings', read),
    // `SECRET` defines one tenant, which may use all runners. With several tenants, some runners stay reserved.
    reservedRunners: hasTenants ? reservedOf(settings.MAX_CONCURRENCY) : 0,
  };
}
