export { HttpAdapter, type HttpAdapterOptions } from './http.adapter.js';
export { HttpModule } from './http.module.js';
export type { HttpOptions } from './http.options.js';
export { OpenApi } from './open-api.provider.js';
