import { type ChildProcess, spawn } from 'node:child_process';
import { Socket } from 'node:net';
import { RunnerStartError } from '../errors.js';
import { preferForOom } from './hardening/oom-score.js';
import type { Launch } from './launch.js';

/** A process that was started, and the pipe to it. */
export interface Spawned {
  readonly child: ChildProcess;
  readonly pipe: Socket;
}

/** @throws RunnerStartError when this process has no file descriptor left; other failures come as events of `child` */
export function spawnRunner(launch: Launch): Spawned {
  const child = spawnLaunch(launch);
  // Node gives up before it makes any pipe then, whatever its types say.
  const pipe = (child.stdio as ChildProcess['stdio'] | undefined)?.[3];
  if (pipe instanceof Socket) return { child, pipe };
  child.on('error', () => undefined);
  throw new RunnerStartError('the runner process did not start: no file descriptor is left');
}

/** Starts a process of ours that is to run what nobody trusts: the kernel, where it lacks memory, ends it before the gateway. */
export function spawnLaunch({ file, args, options, ended }: Launch): ChildProcess {
  let child: ChildProcess;
  try {
    child = spawn(file, args, options);
  } catch (error) {
    ended?.();
    throw error;
  }
  if (ended !== undefined) child.once('error', ended).once('exit', ended);
  if (child.pid !== undefined) preferForOom(child.pid);
  return child;
}
