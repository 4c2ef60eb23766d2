export { RUNTIME_ERRORS } from './errors.js';
export { ExecutionFeed, type ExecutionObserver } from './execution-feed.service.js';
export {
  isRefusedEarly,
  type Delivery,
  type EarlyRefusal,
  type ExecutionRecord,
  type PendingRequest,
  type RecordedMethod,
  type Refusal,
} from './execution-record.js';
export type { ExecutionOptionsDto } from './execution-options.dto.js';
export { PreparedScripts } from './prepared-scripts.service.js';
export { PreparePipe } from './prepare.pipe.js';
export type { Result } from './result.js';
export { RuntimeGateway } from './runtime.gateway.js';
export { RuntimeModule } from './runtime.module.js';
export { DEFAULT_RUNTIME_OPTIONS, RUNTIME_OPTIONS, type RuntimeOptions } from './runtime.options.js';
export { RuntimeService } from './runtime.service.js';
export { ScriptDto, type ExecuteRequest, type PreparedRequest, type ScriptRequest } from './script.dto.js';
export { ScriptPipe } from './script.pipe.js';
export { excessesOf, type LimitBounds } from './limit-bounds.js';
export { TenantAllowances } from './tenant-allowances.provider.js';
export {
  TenantPolicies,
  type TenantLimits,
  type TenantPolicy,
  type TenantRate,
} from './tenant-policies.provider.js';
export { retryAfterMsOf } from './tenant-rates.js';
export type { ExecutionWatcher } from '../sandbox/index.js';
