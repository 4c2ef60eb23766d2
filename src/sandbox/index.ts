export {
  RunnerStartError,
  SandboxBusyError,
  SandboxClosedError,
  ScriptTooDeepError,
  ScriptTooLargeError,
} from './errors.js';
export type { Execution, Isolation, Outcome, Script, Thrown } from './execution.js';
export { ConfiguredAllowlist, ModuleAllowlistProvider } from './module-allowlist.provider.js';
export { InstalledModules } from './modules/installed-modules.service.js';
export { ProcessSandboxService } from './process-sandbox.service.js';
export { SandboxReadiness } from './sandbox-readiness.provider.js';
export { SandboxModule, type SandboxModuleAsyncOptions, type SandboxParts } from './sandbox.module.js';
export { DEFAULT_SANDBOX_OPTIONS, SANDBOX_OPTIONS, type SandboxOptions } from './sandbox.options.js';
export { SandboxService } from './sandbox.service.js';
