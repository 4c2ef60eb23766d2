import { readdirSync } from 'node:fs';
import type { Settings } from '../config/index.js';

/** Memory of the service besides `GATEWAY_MEMORY`, in MiB. */
const SERVICE_MIB = 150;
/** Bytes may be in the gateway twice, and garbage is not collected at once. */
const MEMORY_FACTOR = 2;
/** Memory of an idle runner process, in MiB. */
const IDLE_RUNNER_MIB = 50;

/**
 * Warnings before the sandbox starts, since they may explain why it then fails or is killed.
 * @param memoryLimitBytes memory limit of the control group of this process; 0 or a huge number if there is none
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
      `the memory limit of ${limit} MiB is below the ${needed} MiB required by GATEWAY_MEMORY=${GATEWAY_MEMORY}, SANDBOX_MIN_RUNNERS=${SANDBOX_MIN_RUNNERS} and one script with SANDBOX_MEMORY=${SANDBOX_MEMORY}: the kernel may kill processes; raise the limit, or lower these settings`,
    );
  }
  if (SANDBOX_MODULES_DIR !== undefined && readdirSync(SANDBOX_MODULES_DIR).length === 0) {
    lines.push(`SANDBOX_MODULES_DIR: ${SANDBOX_MODULES_DIR} is empty; is its volume mounted?`);
  }
  return lines;
}
