export { RunnerStartError, SandboxBusyError, SandboxClosedError } from './errors.js';
export type { Execution, Outcome, Script, Thrown } from './execution.js';
export { ConfiguredAllowlist, ModuleAllowlistProvider } from './module-allowlist.provider.js';
export { SandboxModule } from './sandbox.module.js';
export { DEFAULT_SANDBOX_OPTIONS, SANDBOX_OPTIONS, type SandboxOptions } from './sandbox.options.js';
export { SandboxService } from './sandbox.service.js';
