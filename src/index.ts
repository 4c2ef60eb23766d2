/** The package's public entry: the doors of all features, for Nest applications that import `RuntimeModule`. */
export * from './auth/index.js';
export * from './json-text/index.js';
export * from './memory-budget/index.js';
export * from './protocol/index.js';
export * from './runtime/index.js';
export * from './sandbox/index.js';
