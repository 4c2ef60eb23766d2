/**
 * The runner: the program of the process that scripts run in, at level `context`. The gateway starts it
 * (`pool/launch.ts`), speaks to it on fd 3, gives it one execution at a time, and kills it at a deadline that this
 * side never sees.
 */
import { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { ScriptContext } from './script/context.js';
import { listenOnSocket } from './loop/listen.js';
import { lockdown } from './loop/lockdown.js';
import { ModuleHost } from './modules/index.js';
import { serve } from './loop/serve.js';

if (process.argv[1] !== fileURLToPath(import.meta.url))
  throw new Error('the runner is a program, not a module');
const webAssembly = process.argv[2] === 'webassembly';
lockdown();
serve(
  ({ packages }) => {
    const modules = new ModuleHost(packages);
    return () => new ScriptContext(modules, webAssembly);
  },
  (take) => listenOnSocket(take, Socket),
);
