// The pipe between gateway and runner: a frame there and one back, of the sizes of a call.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { FrameReader, encodeFrame } from '../../dist/sandbox/boundary/frames.js';
import { TO_RUNNER } from '../../dist/sandbox/boundary/messages.js';
import { microseconds } from './stopwatch.mjs';

const OTHER_END = fileURLToPath(new URL('../front/echo-runner.mjs', import.meta.url));

/** Of the round trip, which has the parsing of the order in it. */
export async function roundTrip(order) {
  const child = spawn(process.execPath, [OTHER_END], { stdio: ['ignore', 'ignore', 'inherit', 'pipe'] });
  const socket = child.stdio[3];
  const reader = new FrameReader(Number.MAX_SAFE_INTEGER);
  let heard;
  socket.on('data', (chunk) => reader.push(chunk, () => heard()));
  const time = await microseconds(
    () =>
      new Promise((resolve) => {
        heard = resolve;
        socket.write(encodeFrame(TO_RUNNER.execute, order));
      }),
  );
  child.kill();
  return time;
}
