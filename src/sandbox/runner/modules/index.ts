export { ModuleHost, type Ask, type Load, type ModuleBinding } from './module-host.js';
export { readableFolders } from './package-tree.js';
export { importNamed } from './syntax.js';
