import process from 'node:process';

/**
 * A module of Node's, whatever the script may have. Those that take long to load are loaded by it when they are needed, or
 * when there is time.
 */
export const builtin = process.getBuiltinModule.bind(process);
