export { ConfiguredEgress } from './configured-egress.provider.js';
export { EGRESS_OUTCOMES, type EgressOutcome } from './egress.js';
export { EgressModule, type EgressModuleAsyncOptions } from './egress.module.js';
export { DEFAULT_EGRESS_OPTIONS, EGRESS_OPTIONS, type EgressOptions } from './egress.options.js';
export { EgressService, type TenantEgress } from './egress.service.js';
export {
  HostLookup,
  MACHINE_NAMES,
  NAME_SOURCES,
  SystemLookup,
  type HostAddress,
  type NameSources,
} from './host-lookup.provider.js';
export type { EgressCount } from './egress-counters.js';
