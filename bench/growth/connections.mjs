// What an idle connection takes of the gateway.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { memoryOf } from '../measure/process-tree.mjs';
import { startProgram } from '../rows/server.mjs';

const CROWD = fileURLToPath(new URL('./crowd.mjs', import.meta.url));
const SETTLE_MS = 2000;

/** @returns bytes of the gateway's resident memory for each connection, and the milliseconds of one upgrade */
export async function idleConnections(count) {
  const server = await startProgram({});
  try {
    await sleep(SETTLE_MS);
    const before = memoryOf(server.pid).rss;
    const begun = performance.now();
    const crowd = fork(CROWD, [server.url, `${count}`]);
    await once(crowd, 'message');
    const openedMs = performance.now() - begun;
    await sleep(SETTLE_MS);
    const after = memoryOf(server.pid).rss;
    crowd.disconnect();
    return { bytes: (after - before) / count, upgradeMs: openedMs / count };
  } finally {
    await server.stop();
  }
}
