/** What Node itself strips types with; a bundle of its own, being large. */
export { transformSync } from '@swc/wasm-typescript';
