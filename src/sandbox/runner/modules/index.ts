export { ModuleHost, type Ask, type Load, type ModuleBinding } from './module-host.js';
export { readableFolders, type KnownPackage } from './package-tree.js';
