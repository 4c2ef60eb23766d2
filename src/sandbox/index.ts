export { UnsafeFolderError } from './code-cache/cache-folder.js';
export { CodeCache, type CodePackResult } from './code-cache/code-cache.service.js';
export { warmCodeCache } from './code-cache/warm.js';
export { type Clock, SYSTEM_CLOCK } from './clock.js';
export type {
  Egress,
  EgressExchange,
  EgressFailure,
  EgressHead,
  EgressReply,
  EgressRequest,
  EgressSession,
} from './egress.js';
export { EgressProvider, NoEgress } from './egress.provider.js';
export { GuaranteesMissingError, RunnerStartError, SandboxBusyError, SandboxClosedError } from './errors.js';
export {
  type ConsoleLine,
  type Execution,
  type ExecutionWatcher,
  type Isolation,
  type Limit,
  type Outcome,
  type Script,
  type ScriptTexts,
  type Text,
  type Thrown,
  type Unanswered,
  type Usage,
} from './execution.js';
export { examineSandbox } from './guarantees/examine.js';
export { GUARANTEES, type Guarantee } from './guarantees/guarantee.js';
export {
  guaranteeLine,
  missingLayersLine,
  processLevelLine,
  reportTable,
  type SandboxReport,
} from './guarantees/report.js';
export { SandboxGuarantees } from './guarantees/sandbox-guarantees.service.js';
export { type AskedLimits, ceilingOf, type LimitOptions, type Limits, narrow } from './limits.js';
export { ConfiguredAllowlist, ModuleAllowlistProvider } from './module-allowlist.provider.js';
export { ModuleSurvey, type ModuleState } from './packages/module-survey.service.js';
export { InstalledModules } from './packages/installed-modules.service.js';
export { RUNNER_ENDS, type RunnerEnd, type RunnerTally } from './pool/runner-end.js';
export type { ConsoleLevel } from './boundary/console-levels.js';
export type { Language } from './boundary/messages.js';
export type { OutputLimits } from './boundary/output-limits.js';
export { Allowlist, type AllowlistSource } from './boundary/allowlist.js';
export { ProcessSandboxService } from './process-sandbox.service.js';
export { reservedOf } from './pool/admission-control.js';
export { SandboxModule, type SandboxModuleAsyncOptions, type SandboxParts } from './sandbox.module.js';
export { DEFAULT_SANDBOX_OPTIONS, SANDBOX_OPTIONS, type SandboxOptions } from './sandbox.options.js';
export { SandboxStatus, type SandboxState } from './sandbox-status.provider.js';
export { SandboxService } from './sandbox.service.js';
