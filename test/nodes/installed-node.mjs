import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../../.packages/nodes', import.meta.url));

/**
 * Another Node: downloaded with npm, once, into a folder that is no part of the repository. Its install script is not run: the
 * package has the program itself.
 * @param version a range of npm's, like `22` or `24.1.0`, or the path of a program
 * @returns the path of the program
 */
export function installedNode(version) {
  if (version.includes('/')) return version;
  const folder = join(FOLDER, version);
  const name = `node-${process.platform}-${process.arch}`;
  const node = join(folder, 'node_modules', name, 'bin/node');
  if (existsSync(node)) return node;
  mkdirSync(folder, { recursive: true });
  const options = ['--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status } = spawnSync('npm', ['install', '--prefix', folder, ...options, `${name}@${version}`], {
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error(`${name}@${version} could not be installed`);
  return node;
}

export const versionOf = (node) => execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
