export { type CodeCache, NO_CODE, PackedCode, RecordedCode } from './code-cache.js';
export { encodePack } from './code-pack.js';
export { ModuleHost, type ModuleBinding } from './module-host.js';
export { looksLikeModuleSyntax } from './compile-module.js';
export { importNamed, syntax } from './syntax.js';
export { withoutTypes } from './typescript.js';
export { REALM_KEY } from './realm-scripts.js';
