export { HttpAdapter, type HttpAdapterOptions } from './http.adapter.js';
export { HttpModule, type HttpModuleAsyncOptions } from './http.module.js';
export type { HttpOptions } from './http.options.js';
