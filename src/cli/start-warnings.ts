import { readdirSync } from 'node:fs';
import type { Settings } from '../config/index.js';

/** What the service itself takes beside `GATEWAY_MEMORY`, in MiB, and what a runner process does that has nothing to do. */
const SERVICE_MIB = 150;
/** Bytes that clients wait for may stand in the gateway twice, and garbage is not collected at once. */
const MEMORY_FACTOR = 2;
const IDLE_RUNNER_MIB = 50;

/**
 * What the operator should know before the sandbox starts: it may be why it then does not, or why it is killed.
 * @param memoryLimitBytes of the control group that this process is in; 0 or more than there is for none
 */
export function startWarnings(
  {
    GATEWAY_MEMORY,
    SANDBOX_MEMORY,
    SANDBOX_MIN_RUNNERS,
    SANDBOX_MODULES_DIR,
  }: Pick<Settings, 'GATEWAY_MEMORY' | 'SANDBOX_MEMORY' | 'SANDBOX_MIN_RUNNERS' | 'SANDBOX_MODULES_DIR'>,
  memoryLimitBytes: number,
): readonly string[] {
  const lines: string[] = [];
  const limit = Math.floor(memoryLimitBytes / 2 ** 20);
  const service = SERVICE_MIB + MEMORY_FACTOR * GATEWAY_MEMORY;
  const needed = service + (SANDBOX_MIN_RUNNERS - 1) * IDLE_RUNNER_MIB + SANDBOX_MEMORY;
  if (limit > 0 && limit < needed) {
    lines.push(
      `the memory limit of ${limit} MiB is below the ${needed} MiB that the service with GATEWAY_MEMORY=${GATEWAY_MEMORY}, SANDBOX_MIN_RUNNERS=${SANDBOX_MIN_RUNNERS} and one script of SANDBOX_MEMORY=${SANDBOX_MEMORY} take: the kernel may kill any of them; raise the limit, or lower these`,
    );
  }
  if (SANDBOX_MODULES_DIR !== undefined && readdirSync(SANDBOX_MODULES_DIR).length === 0) {
    lines.push(`SANDBOX_MODULES_DIR: ${SANDBOX_MODULES_DIR} is empty; is its volume mounted?`);
  }
  return lines;
}
