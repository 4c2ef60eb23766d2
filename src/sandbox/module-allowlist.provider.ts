import { Inject, Injectable } from '@nestjs/common';
import { SANDBOX_OPTIONS, type SandboxOptions } from './sandbox.options.js';

/**
 * Decides which modules scripts of a tenant may `require`. It is asked once for each execution, so an implementation may change
 * its answer while the service runs. The abstract class is the injection token.
 */
export abstract class ModuleAllowlistProvider {
  /** Exact names (`lodash`, `@octokit/rest`, `path`) and the patterns `@scope/*` and `*` (everything installed, and every safe builtin). */
  abstract modulesFor(tenant: string): readonly string[];
}

/** The allowlist of the setting `MODULES`, the same for every tenant. */
@Injectable()
export class ConfiguredAllowlist extends ModuleAllowlistProvider {
  constructor(@Inject(SANDBOX_OPTIONS) private readonly options: SandboxOptions) {
    super();
  }

  override modulesFor(): readonly string[] {
    return this.options.modules;
  }
}
