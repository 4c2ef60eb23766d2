export { RUNTIME_ERRORS } from './errors.js';
export type { Result } from './result.js';
export { RuntimeGateway } from './runtime.gateway.js';
export { RuntimeModule } from './runtime.module.js';
export { DEFAULT_RUNTIME_OPTIONS, RUNTIME_OPTIONS, type RuntimeOptions } from './runtime.options.js';
export { RuntimeService } from './runtime.service.js';
export { ScriptDto } from './script.dto.js';
export { ScriptPipe } from './script.pipe.js';
