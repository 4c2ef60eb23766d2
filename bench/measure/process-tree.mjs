// What a process and all that descend from it use, from /proc.
import { readFileSync, readdirSync } from 'node:fs';

/** Linux tells processor time in ticks of this many milliseconds. */
const TICK_MS = 10;

function readOrNothing(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // It has ended meanwhile.
    return '';
  }
}

function processes() {
  const found = [];
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const text = readOrNothing(`/proc/${pid}/stat`);
    if (text === '') continue;
    // The command, in parentheses, may have any character in it.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const [user, system, ...ofEnded] = fields.slice(11, 15).map((ticks) => Number(ticks) * TICK_MS);
    const ownMs = user + system;
    const cpuMs = ofEnded.reduce((sum, ms) => sum + ms, ownMs);
    found.push({ pid: Number(pid), parent: Number(fields[1]), cpuMs, ownMs, began: fields[19] });
  }
  return found;
}

/** A process and its descendants, the process first; `cpuMs` has that of children which have ended, too, and `ownMs` has not. */
export function treeOf(root) {
  const all = processes();
  const tree = all.filter(({ pid }) => pid === root);
  for (const { pid } of tree) tree.push(...all.filter(({ parent }) => parent === pid));
  return tree;
}

/** Milliseconds of processor time of the whole tree, so far. */
export function treeCpuMs(root) {
  return treeOf(root).reduce((sum, { cpuMs }) => sum + cpuMs, 0);
}

/** Milliseconds of processor time of one process, without its children. */
export function ownCpuMs(pid) {
  const text = readOrNothing(`/proc/${pid}/stat`);
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * TICK_MS;
}

/** Kills those of a tree, as it was, that are still there: a number may be another process's by now. */
export function killAll(tree) {
  const now = new Set(processes().map(({ pid, began }) => `${pid} ${began}`));
  for (const { pid, began } of tree) {
    if (!now.has(`${pid} ${began}`)) continue;
    try {
      process.kill(pid, 'SIGKILL');
    } catch (error) {
      // Gone in between.
      if (error.code !== 'ESRCH') throw error;
    }
  }
}

/** In bytes: resident, and its proportional share of what several processes have in common. */
export function memoryOf(pid) {
  const text = readOrNothing(`/proc/${pid}/smaps_rollup`);
  const bytesOf = (name) => 1024 * Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0);
  return { rss: bytesOf('Rss'), pss: bytesOf('Pss') };
}

/** The command line of a process, its arguments. */
export function commandOf(pid) {
  return readOrNothing(`/proc/${pid}/cmdline`).split('\0').slice(0, -1);
}
