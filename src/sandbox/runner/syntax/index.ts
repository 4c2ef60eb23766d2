export { moduleText, type ModuleText, type Surroundings } from './module-text.js';
export { withImportNamed } from './script-text.js';
export type { Shift } from './edits.js';
