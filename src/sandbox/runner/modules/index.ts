export { ModuleHost, type ModuleBinding } from './module-host.js';
export { looksLikeModuleSyntax } from './compile-module.js';
export { importNamed, syntax } from './syntax.js';
export { withoutTypes } from './typescript.js';
