export { moduleText, type ModuleText, type ModuleScope } from './module-text.js';
export { withImportNamed } from './script-text.js';
export type { Shift } from './edits.js';
