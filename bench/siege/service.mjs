// The service of a row: the program itself, with tenants from a file.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killAll, treeOf } from '../measure/process-tree.mjs';
import { startProgram } from '../rows/server.mjs';

const TENANTS = {
  attacker: { concurrency: 2, rate: { perSecond: 2, burst: 2 } },
  unlimited: {},
  bystander: {},
};

/** A secret is a tenant's name and this. */
export const secretOf = (tenant) => `${tenant}-of-the-siege`;

/** Few enough that an attacker can take them all, on any machine. */
const MAX_CONCURRENCY = '8';

function writeTenants(folder) {
  const file = join(folder, 'tenants.json');
  const tenants = Object.entries(TENANTS).map(([name, limits]) => [
    name,
    { secrets: [secretOf(name)], ...limits },
  ]);
  writeFileSync(file, JSON.stringify({ tenants: Object.fromEntries(tenants) }));
  return file;
}

/**
 * @param network what scripts can reach, of network.mjs
 * @param resolver whether the service asks the resolver that never answers
 * @returns `{ url, port, pid, kill }`; `kill` ends all its processes at once: it may be beyond hearing
 */
export async function startService(network, { environment = {}, resolver = false } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'javascriptd-siege-'));
  try {
    const file = writeTenants(folder);
    const service = await startProgram(
      { SECRETS_FILE: file, MAX_CONCURRENCY, ...network.environment, ...environment },
      [],
      resolver ? network.resolver.launcher : [],
    );
    return {
      url: service.url,
      port: Number(new URL(service.url).port),
      pid: service.pid,
      async kill() {
        const tree = treeOf(service.pid);
        service.kill('SIGKILL');
        killAll(tree);
        // Its runners may have begun a child in between, or it may have ended already.
        await service.stop();
        rmSync(folder, { recursive: true });
      },
    };
  } catch (error) {
    rmSync(folder, { recursive: true });
    throw error;
  }
}
