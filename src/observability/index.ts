export { HealthModule } from './health/health.module.js';
export { ServiceLogger } from './log/service-logger.service.js';
export { Observability, type ObservabilityOptions } from './observability.js';
export { ObservabilityModule } from './observability.module.js';
