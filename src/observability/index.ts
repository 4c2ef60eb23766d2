export { ServiceLogger } from './service-logger.service.js';
