import { defineAccessor } from '../../kit/define.js';
import { part } from '../../kit/parts.js';
import { process as shim } from './process-shim.js';

/** `process` in the port of streams, which asks whether it pipes to the standard output. */
const process = { nextTick: shim.nextTick };
for (const name of ['stdout', 'stderr'] as const)
  defineAccessor(process, name, { get: () => part('process')[name] });

export default process;
