// isolated-vm, one isolate for each core, a fresh context for each call. So many at once in an isolate measured best
// between short scripts and waiting ones; memory and hard stops are the isolate's, shared by all who are in it.
import { availableParallelism } from 'node:os';
import { compilePackages, ivm, runInContext } from '../isolated-vm.mjs';
import { Turns } from '../turns.mjs';

const CONTEXTS = 16;
/** What an isolate gets for the scripts in it together: as much as a runner process of the service. */
const SCRIPTS_MEMORY = 4;

function openCell(memoryMb) {
  const isolate = new ivm.Isolate({ memoryLimit: SCRIPTS_MEMORY * memoryMb });
  const packages = compilePackages(isolate);
  packages.catch(() => undefined);
  return { isolate, packages, busy: 0 };
}

export function start({ timeoutMs, memoryMb }) {
  const cells = Array.from({ length: availableParallelism() }, () => openCell(memoryMb));
  const turns = new Turns(CONTEXTS * cells.length);
  const run = async (payload) => {
    const index = cells.reduce((best, { busy }, i) => (busy < cells[best].busy ? i : best), 0);
    if (cells[index].isolate.isDisposed) cells[index] = openCell(memoryMb);
    const cell = cells[index];
    cell.busy += 1;
    try {
      return await runInContext(cell.isolate, payload, { timeoutMs, packages: cell.packages });
    } finally {
      cell.busy -= 1;
    }
  };
  return { run: (payload, isGone) => turns.take(isGone, () => run(payload)) };
}
