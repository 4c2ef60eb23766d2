import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const FOLDER = fileURLToPath(new URL('../../.packages', import.meta.url));
const LOCK = 'package-lock.json';

/**
 * The folder whose `node_modules` has the packages of `package-lock.json`; installs them when it has others.
 * @param names installs only these packages, in the versions of the lock file, into a folder of their own
 */
export function installedFolder(names) {
  const folder = names === undefined ? FOLDER : `${FOLDER}-sample`;
  const manifest = JSON.parse(readFileSync(join(HERE, 'package.json'), 'utf8'));
  if (names !== undefined)
    manifest.dependencies = Object.fromEntries(names.map((name) => [name, manifest.dependencies[name]]));
  const stamp = JSON.stringify(manifest) + readFileSync(join(HERE, LOCK), 'utf8');
  const stampFile = join(folder, 'installed');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return folder;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  copyFileSync(join(HERE, LOCK), join(folder, LOCK));
  // `npm install` takes the versions of a lock file that has more packages, which `npm ci` refuses.
  const command = names === undefined ? 'ci' : 'install';
  const { status } = spawnSync(
    'npm',
    [command, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
    { cwd: folder, stdio: 'inherit' },
  );
  if (status !== 0) throw new Error('the packages could not be installed');
  writeFileSync(stampFile, stamp);
  return folder;
}
