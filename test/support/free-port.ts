import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below the range from which systems give ports to outgoing connections and to port 0. */
const LOWEST = 16_384;
const HIGHEST = 32_768;

/**
 * A port of this machine on which nobody listens. No connection can take it before the test does, also while its service
 * restarts.
 */
export async function freePort(): Promise<string> {
  for (;;) {
    const port = randomInt(LOWEST, HIGHEST);
    const server = createServer();
    try {
      // oxlint-disable-next-line no-await-in-loop -- until one is free
      await once(server.listen(port), 'listening');
    } catch {
      continue;
    }
    server.close();
    // oxlint-disable-next-line no-await-in-loop
    await once(server, 'close');
    return String(port);
  }
}
