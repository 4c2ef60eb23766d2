// Starts a worker thread for one script.
import { Worker } from 'node:worker_threads';

const THREAD = new URL('./thread.mjs', import.meta.url);

export function openThread(memoryMb) {
  const thread = new Worker(THREAD, { resourceLimits: { maxOldGenerationSizeMb: memoryMb } });
  return {
    on: (event, listener) => thread.on(event, listener),
    send: (payload) => thread.postMessage(payload),
    end: () => void thread.terminate(),
  };
}
