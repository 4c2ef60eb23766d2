// isolated-vm, a fresh isolate for each call.
import { availableParallelism } from 'node:os';
import { compilePackages, ivm, runInContext } from '../isolated-vm.mjs';
import { Turns } from '../turns.mjs';
import { requires } from '../harness.mjs';

const ISOLATES_PER_CORE = 32;

export function start({ timeoutMs, memoryMb }) {
  const turns = new Turns(ISOLATES_PER_CORE * availableParallelism());
  const run = async (payload) => {
    const isolate = new ivm.Isolate({ memoryLimit: memoryMb });
    const packages = requires(payload) ? compilePackages(isolate) : undefined;
    try {
      return await runInContext(isolate, payload, { timeoutMs, packages });
    } finally {
      if (!isolate.isDisposed) isolate.dispose();
    }
  };
  return { run: (payload, isGone) => turns.take(isGone, () => run(payload)) };
}
