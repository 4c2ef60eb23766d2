// quickjs-emscripten, its synchronous build: a thread for each core, a fresh runtime and context for each call.
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { died } from '../replies.mjs';

const THREAD = new URL('../quickjs-thread.mjs', import.meta.url);

export async function start(limits) {
  const threads = await Promise.all(Array.from({ length: availableParallelism() }, () => open(limits)));
  return {
    run: (payload) => {
      const least = threads.reduce((best, thread) => (thread.calls.size < best.calls.size ? thread : best));
      return least.run(payload);
    },
  };
}

async function open(limits) {
  const worker = new Worker(THREAD, { workerData: limits });
  const calls = new Map();
  let next = 0;
  await new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  worker.on('message', ({ id, body }) => {
    calls.get(id)(body);
    calls.delete(id);
  });
  worker.on('error', (error) => {
    for (const resolve of calls.values()) resolve(died(error));
  });
  return {
    calls,
    run: (payload) =>
      new Promise((resolve) => {
        const id = ++next;
        calls.set(id, resolve);
        worker.postMessage({ id, payload });
      }),
  };
}
