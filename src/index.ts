/** What applications import: `JavascriptdModule`, and the doors of the features that it is made of. */
export * from './auth/index.js';
export { SETTING_NAMES, SettingsError, type SettingName, type Settings } from './config/index.js';
export * from './egress/index.js';
export * from './egress-policy/index.js';
export * from './http/index.js';
export type { JavascriptdSettings } from './javascriptd-settings.js';
export { JavascriptdModule, type JavascriptdParts } from './javascriptd.module.js';
export * from './json-text/index.js';
export * from './memory-budget/index.js';
export * from './observability/index.js';
export * from './protocol/index.js';
export * from './runtime/index.js';
export * from './sandbox/index.js';
