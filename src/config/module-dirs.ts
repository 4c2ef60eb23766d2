import { execFile } from 'node:child_process';
import { realpathSync, statSync } from 'node:fs';
import { delimiter, dirname, isAbsolute, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Environment } from './environment.js';
import type { Settings } from './settings.js';

/** npm answers within half a second; a broken npm must not delay the start. */
const NPM_TIMEOUT_MS = 5000;

/**
 * The folders of installed packages, in the order in which scripts' `require` searches them:
 * `SANDBOX_MODULES_DIR`, the entries of `NODE_PATH`, the global folder of npm. A missing folder
 * counts, since it may be there when the list of packages is read again.
 * @param npm the program that reports the global folder
 */
export async function moduleDirs(
  { SANDBOX_MODULES_DIR, NODE_PATH = '' }: Pick<Settings, 'SANDBOX_MODULES_DIR' | 'NODE_PATH'>,
  environment: Environment,
  npm = 'npm',
): Promise<readonly string[]> {
  const dirs = [
    ...(SANDBOX_MODULES_DIR === undefined ? [] : [SANDBOX_MODULES_DIR]),
    ...NODE_PATH.split(delimiter).filter((entry) => entry !== ''),
    (await askNpm(npm)) ?? defaultGlobalDir(environment),
  ];
  return [...new Set(dirs.map((dir) => resolve(dir)))].filter(mayBeDirectory);
}

/** Runs `npm root -g`, which respects every way to set a prefix; `undefined` if npm fails. */
async function askNpm(npm: string): Promise<string | undefined> {
  try {
    // In the root folder: the .npmrc of a project in the current folder must not choose where scripts load from.
    const { stdout } = await promisify(execFile)(npm, ['root', '-g'], { timeout: NPM_TIMEOUT_MS, cwd: '/' });
    const dir = stdout.trim();
    return isAbsolute(dir) && !dir.includes('\n') ? dir : undefined;
  } catch {
    return undefined;
  }
}

/** Where npm installs global packages by default: below the prefix in which Node is installed. */
export function defaultGlobalDir({ npm_config_prefix: prefix }: Environment): string {
  const isSet = prefix !== undefined && prefix !== '';
  return join(isSet ? prefix : dirname(dirname(realpathSync(process.execPath))), 'lib', 'node_modules');
}

function mayBeDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return true;
  }
}
