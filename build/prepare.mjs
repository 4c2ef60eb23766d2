import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildState } from './stamp.mjs';

/**
 * npm runs this after `npm ci` and `npm install` here, for `npm link` and `npm pack`, and when this folder is installed
 * elsewhere. It builds `dist` where there is none. It replaces one only after an install in this folder: services
 * may run from it, and they load files and start processes for as long as they run.
 */
const root = fileURLToPath(new URL('../', import.meta.url));
const { npm_command: command = '', npm_config_local_prefix: prefix = root } = process.env;
const { npm_config_global: isGlobal, npm_config_omit: omitted = '' } = process.env;

/** npm's settings for what it does now must not reach the npm that works for us. */
const {
  npm_config_global: _global,
  npm_config_location: _location,
  npm_config_omit: _omit,
  npm_config_ignore_scripts: _ignore,
  ...env
} = process.env;

function npm(cwd, ...args) {
  const { status } = spawnSync('npm', args, { cwd, env, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

/** With what the build needs, which `npm link` does not install, and `--omit=dev` must not. */
function build() {
  if (existsSync(`${root}node_modules/@swc/core`)) return npm(root, 'run', 'build');
  if (!omitted.includes('dev')) {
    npm(root, 'ci', '--ignore-scripts');
    return npm(root, 'run', 'build');
  }
  const folder = mkdtempSync(join(tmpdir(), 'javascriptd-build-'));
  cpSync(root, folder, {
    recursive: true,
    filter: (path) => !/\/(?:node_modules|dist|\.git)$/.test(path),
  });
  npm(folder, 'ci', '--ignore-scripts', '--include=dev');
  npm(folder, 'run', 'build');
  cpSync(join(folder, 'dist'), join(root, 'dist'), { recursive: true });
  rmSync(folder, { recursive: true });
}

const isOwnInstall =
  /^(?:ci|install|update|rebuild)/.test(command) &&
  isGlobal !== 'true' &&
  realpathSync(prefix) === realpathSync(root);
const state = buildState();
if (state === 'missing' || (state === 'stale' && isOwnInstall)) build();
else if (state === 'stale') {
  console.error('javascriptd: dist is older than its sources, and services may run from it: npm run build');
  if (command === 'pack' || command === 'publish') process.exit(1);
}
