import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const FOLDER = fileURLToPath(new URL('../../.packages', import.meta.url));
const LOCK = 'package-lock.json';

/** The folder whose `node_modules` has the packages of `package-lock.json`; installs them when it has others. */
export function installedFolder() {
  const stamp = join(FOLDER, LOCK);
  const isThere =
    existsSync(join(FOLDER, 'node_modules')) &&
    existsSync(stamp) &&
    readFileSync(stamp, 'utf8') === readFileSync(join(HERE, LOCK), 'utf8');
  if (isThere) return FOLDER;
  mkdirSync(FOLDER, { recursive: true });
  copyFileSync(join(HERE, 'package.json'), join(FOLDER, 'package.json'));
  copyFileSync(join(HERE, LOCK), stamp);
  const { status } = spawnSync(
    'npm',
    ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
    {
      cwd: FOLDER,
      stdio: 'inherit',
    },
  );
  if (status !== 0) throw new Error('the packages could not be installed');
  return FOLDER;
}
