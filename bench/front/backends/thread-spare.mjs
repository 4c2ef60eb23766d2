// worker_threads: a thread for each call, started ahead.
import { openThread } from '../open-thread.mjs';
import { startSpares } from '../spares.mjs';

export const start = ({ timeoutMs, memoryMb }) =>
  startSpares({ open: () => openThread(memoryMb), spares: 4, timeoutMs });
