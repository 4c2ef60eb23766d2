/**
 * Test only: a runner that is the attacker's own, speaking on fd 3. It is ready as a runner is, and lies as its
 * first execution's code says.
 */
import { writeSync } from 'node:fs';
import { Socket } from 'node:net';
import { encodeFrame } from '../../dist/sandbox/runner/frames.js';
import { listenOnSocket } from '../../dist/sandbox/runner/listen.js';
import { FROM_RUNNER, parseExecute, TO_RUNNER } from '../../dist/sandbox/runner/messages.js';
import { Pipe } from '../../dist/sandbox/runner/pipe.js';

const pipe = new Pipe();
const LIES = {
  garbage: () => writeSync(3, Buffer.alloc(4096, 0xff)),
  'a frame of 4 GiB': () => writeSync(3, Buffer.from([0xff, 0xff, 0xff, 0xff, 5])),
  'an unknown kind': () => pipe.send(99, 'x'),
  'a value that is no JSON': () => pipe.send(FROM_RUNNER.returned, '{'),
  'a thrown value that is none': () => pipe.send(FROM_RUNNER.threw, '{"name":5}'),
  'two answers': () => {
    writeSync(
      3,
      Buffer.concat([encodeFrame(FROM_RUNNER.returned, '1'), encodeFrame(FROM_RUNNER.returned, '2')]),
    );
  },
  'ready again': () => pipe.send(FROM_RUNNER.ready, ''),
  'idle before an answer': () => pipe.send(FROM_RUNNER.idle, ''),
  'a request where there is no network': () => pipe.send(FROM_RUNNER.egress, 'o1\n{}'),
  'a flood of lines': () => {
    for (;;) pipe.send(FROM_RUNNER.console, `0${'x'.repeat(10_000)}`);
  },
  'a flood of waiting': () => {
    for (;;) pipe.send(FROM_RUNNER.waiting, '');
  },
  'half a frame': () => {
    writeSync(3, Buffer.from([100, 0, 0, 0, 5, 1]));
  },
};

listenOnSocket(({ kind, text }) => {
  if (kind === TO_RUNNER.prepare) return pipe.send(FROM_RUNNER.ready, '');
  LIES[parseExecute(text).code]();
}, Socket);
