import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * Builds after `npm ci` and `npm link`. `npm link` runs this in a fresh clone too, where nothing is installed
 * yet, since it installs no dependencies of what it links.
 */
const root = fileURLToPath(new URL('../', import.meta.url));

/** npm's own settings for `npm link` (global, its location) must not reach the npm that works here. */
const { npm_config_global: _global, npm_config_location: _location, ...env } = process.env;

function npm(...args) {
  const { status } = spawnSync('npm', args, { cwd: root, env, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

if (!existsSync(`${root}node_modules/@nestjs/cli`)) npm('ci', '--ignore-scripts');
npm('run', 'build');
