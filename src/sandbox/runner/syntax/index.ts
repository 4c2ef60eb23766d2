export { commonJsUse, type CommonJsUse } from './commonjs-use.js';
export { withDeclarationsExported } from './declared-exports.js';
export { moduleText, type ModuleText, type ModuleScope } from './module-text.js';
export { withImportNamed } from './script-text.js';
export type { Shift } from './edits.js';
