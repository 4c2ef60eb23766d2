/**
 * The runner of level `process`: its process is for one script, which lives in the realm of Node itself and of this
 * program. `build/bundle-realm.mjs` makes one file of it, which takes the globals that it works with before the script
 * can replace them.
 */
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { lockdown } from '../loop/lockdown.js';
import { serve } from '../loop/serve.js';
import { listenAtRest } from './listen-at-rest.js';
import { ProcessPlace } from './process-place.js';

if (process.argv[1] !== fileURLToPath(import.meta.url))
  throw new Error('the runner is a program, not a module');
const addons = process.argv[2] === 'addons';
lockdown(addons ? 'dlopen' : undefined);
serve(
  ({ packages }) =>
    () =>
      new ProcessPlace(packages, addons),
  listenAtRest,
);
