/**
 * The runner: the program of the process that scripts run in, at isolation level `context`. The gateway starts it
 * (`pool/launch.ts`), talks to it on fd 3, gives it one execution at a time, and kills it at a deadline that this side never
 * sees.
 */
import { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { freezeIntrinsics } from './loop/freeze-intrinsics.js';
import { listenOnSocket } from './loop/pipe.js';
import { lockdown } from './loop/lockdown.js';
import { serve } from './loop/serve.js';
import { ModuleHost, NO_CODE, PackedCode } from './modules/index.js';
import { VmContext } from './script/vm-context.js';

if (process.argv[1] !== fileURLToPath(import.meta.url))
  throw new Error('the runner is a program, not a module');
const webAssembly = process.argv[2] === 'webassembly';
lockdown();
freezeIntrinsics();
serve(
  ({ packages, codeCache }) => {
    const code = codeCache === undefined ? NO_CODE : new PackedCode(codeCache);
    const modules = new ModuleHost(packages, code);
    return () => new VmContext(modules, webAssembly);
  },
  (onFrame) => listenOnSocket(onFrame, Socket),
);
