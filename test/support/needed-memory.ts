import type { Settings } from '../../src/config/index.js';

/** What the gateway takes by itself, in MiB. */
const GATEWAY_ALONE = 150;
/** Copies, and buffers of Node's own, for each byte that `GATEWAY_MEMORY` counts. */
const COPIES = 2;

/** MiB that a service may take in all, by the formula of deploy/README.md. */
export function neededMebibytes({
  GATEWAY_MEMORY,
  MAX_CONCURRENCY,
  SANDBOX_MEMORY,
}: Pick<Settings, 'GATEWAY_MEMORY' | 'MAX_CONCURRENCY' | 'SANDBOX_MEMORY'>): number {
  return GATEWAY_ALONE + COPIES * GATEWAY_MEMORY + MAX_CONCURRENCY * SANDBOX_MEMORY;
}
