import { part } from '../../kit/parts.js';
import { types } from './type-checks.js';

/** `util` in the port of `assert`, which prints only what a failed assertion is about. */
export const inspect = (value: unknown, options?: object): string => part('inspect').inspect(value, options);
export { types };
