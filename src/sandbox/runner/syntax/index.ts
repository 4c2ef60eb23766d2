export { moduleText, type ModuleText } from './module-text.js';
export { withImportNamed } from './script-text.js';
export type { Shift } from './edits.js';
