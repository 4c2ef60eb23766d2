export { HealthModule } from './health/health.module.js';
export { ServiceLogger } from './service-logger.service.js';
