export { encode } from './instruction.js';
export { seccompProgram } from './program.js';
export type { Architecture } from './syscalls.js';
