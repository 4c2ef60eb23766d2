// Installs the peers' packages, when they are not there for this Node.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const STAMP = join(HERE, 'node_modules/.installed-for');
const INSTALL_MS = 600_000;

/** The folder of the peers' packages. Some may be missing: which, their rows tell. */
export function installPeers() {
  // Native code is built for one version of Node's interface.
  const wanted = `${process.versions.modules} ${readFileSync(join(HERE, 'package-lock.json'), 'utf8')}`;
  if (!existsSync(STAMP) || readFileSync(STAMP, 'utf8') !== wanted) {
    console.error('installing the peers of bench/peers ...');
    const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: HERE,
      stdio: ['ignore', process.stderr, process.stderr],
      timeout: INSTALL_MS,
    });
    if (status === 0) writeFileSync(STAMP, wanted);
    else console.error('the peers could not be installed');
  }
  return join(HERE, 'node_modules');
}
