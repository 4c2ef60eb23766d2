// worker_threads: a thread is started for each call.
import { openThread } from '../open-thread.mjs';
import { startSpares } from '../spares.mjs';

export const start = ({ timeoutMs, memoryMb }) =>
  startSpares({ open: () => openThread(memoryMb), spares: 0, timeoutMs });
