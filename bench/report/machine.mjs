// Where and when a run was, in one line.
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';

/** @param rest what else the line tells, before the time */
export function machineLine(rest, loadBefore) {
  const load = [loadBefore, loadavg()[0]].map((value) => value.toFixed(1)).join(' to ');
  const memory = Math.round(totalmem() / 2 ** 30);
  return (
    `Node ${process.version}, ${availableParallelism()} cores (${cpus()[0]?.model.trim()}), ${memory} GB, shared with the load ` +
    `generator; load average ${load}; ${rest}; ${new Date().toISOString().slice(0, 16)}.`
  );
}
