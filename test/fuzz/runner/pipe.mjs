// Target 3, for volume: hostile frames through the gateway's end of the pipe, in this process.
import { EventEmitter } from 'node:events';
import { RunnerPipe } from '../../../dist/sandbox/pool/runner-pipe.js';
import { GROUP, hostilePieces } from './hostile-frames.mjs';

const LIMITS = { maxResultBytes: 65_536, maxDepth: 100, maxConsoleLines: 100, maxConsoleBytes: 65_536 };
/** Processor time for one stream; a hang guard. */
const MOST_CPU_MS = 2000;

class StandInSocket extends EventEmitter {
  writableLength = 0;
  write() {
    return true;
  }
  pause() {}
  resume() {}
  destroy() {}
}

export const pipe = {
  group: GROUP,

  /** @returns what is wrong, or undefined */
  run(_service, seed, at) {
    const socket = new StandInSocket();
    const messages = [];
    const pipeEnd = new RunnerPipe(socket, {
      message: (message) => messages.push(message) > 0,
      broken: () => undefined,
    });
    pipeEnd.limits = LIMITS;
    const before = process.cpuUsage();
    try {
      for (const piece of hostilePieces(seed, at)) socket.emit('data', piece);
    } catch (error) {
      return `the pipe threw ${error.stack}`;
    } finally {
      pipeEnd.close();
    }
    const { user } = process.cpuUsage(before);
    if (user / 1000 > MOST_CPU_MS) return `took ${user / 1000} ms of the processor`;
    const value = messages.find(({ kind }) => kind === 'returned' || kind === 'yielded')?.value;
    const isLong = value !== undefined && Buffer.byteLength(JSON.stringify(value)) > LIMITS.maxResultBytes;
    return isLong ? 'a value past its limit was taken' : undefined;
  },
};
