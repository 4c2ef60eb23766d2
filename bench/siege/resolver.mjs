// A resolver that never answers, and a way to give it to the service alone: a mount namespace with a resolv.conf of its
// own. Both need root.
import { spawnSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ADDRESS = '127.0.0.99';
const PORT = 53;

/** @returns `{ launcher, stop }`; `launcher` begins a command line; undefined where this machine does not let it be */
export async function startSilentResolver() {
  const folder = mkdtempSync(join(tmpdir(), 'javascriptd-siege-'));
  const file = join(folder, 'resolv.conf');
  writeFileSync(file, `nameserver ${ADDRESS}\n`);
  const mount = `mount --bind '${file}' /etc/resolv.conf && exec "$@"`;
  const launcher = ['unshare', '--mount', 'sh', '-c', mount, 'sh'];
  const socket = createSocket('udp4');
  const stop = () => {
    socket.close();
    rmSync(folder, { recursive: true });
  };
  try {
    socket.bind(PORT, ADDRESS);
    await once(socket, 'listening');
    const [command, ...args] = [...launcher, 'true'];
    if (spawnSync(command, args).status === 0) return { launcher, stop };
  } catch {
    // The port is taken, or this user may not have it.
  }
  stop();
  return undefined;
}
