/**
 * Test only: a runner that is the attacker's own, speaking on fd 3. It is ready as a runner is, and lies as its
 * first execution's code says.
 */
import { writeSync } from 'node:fs';
import { Socket } from 'node:net';
import { encodeFrame } from '../../dist/sandbox/boundary/frames.js';
import { listenOnSocket } from '../../dist/sandbox/runner/loop/listen.js';
import { FROM_RUNNER, parseExecute, TO_RUNNER } from '../../dist/sandbox/boundary/messages.js';
import { Pipe } from '../../dist/sandbox/runner/loop/pipe.js';

const pipe = new Pipe();
/** Of a request that is open. */
function flood(text) {
  pipe.send(FROM_RUNNER.egress, 'o1\n{}');
  for (;;) pipe.send(FROM_RUNNER.egress, text);
}

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
  'an answer after a lie': () => {
    writeSync(3, Buffer.concat([encodeFrame(99, ''), encodeFrame(FROM_RUNNER.returned, '1')]));
  },
  'two errors, of which the second is too long': () => {
    pipe.send(FROM_RUNNER.waiting, '');
    pipe.send(FROM_RUNNER.threw, JSON.stringify({ name: 'x'.repeat(24_000_000), message: '' }));
  },
  'waiting with a megabyte': () => pipe.send(FROM_RUNNER.waiting, 'x'.repeat(1_000_000)),
  'a limit with a megabyte': () => pipe.send(FROM_RUNNER.exhausted, 'x'.repeat(1_000_000)),
  'a request with a megabyte': () => pipe.send(FROM_RUNNER.egress, `o1\n${'['.repeat(1_000_000)}`),
  'waiting twice': () => {
    pipe.send(FROM_RUNNER.waiting, '');
    pipe.send(FROM_RUNNER.waiting, '');
  },
  'a console that is cut twice': () => {
    pipe.send(FROM_RUNNER.consoleCut, '');
    pipe.send(FROM_RUNNER.consoleCut, '');
  },
  'a line after the console is cut': () => {
    pipe.send(FROM_RUNNER.consoleCut, '');
    pipe.send(FROM_RUNNER.console, '0late');
  },
  'a value that nobody asked for': () => pipe.send(FROM_RUNNER.yielded, '1'),
  'a frame of no length': () => writeSync(3, Buffer.alloc(5)),
  'a flood of aborts': () => flood('a1\n'),
  'a flood of ends': () => flood('e1\n'),
  'a flood of credit': () => flood('c1\n1'),
  'credit for nothing': () => flood('c1\n0'),
  'a flood of bodies of requests that are over': () => {
    pipe.send(FROM_RUNNER.egress, 'o1\n{}');
    pipe.send(FROM_RUNNER.egress, 'a1\n');
    for (;;) pipe.send(FROM_RUNNER.egress, `d1\n${'x'.repeat(60_000)}`);
  },
  'empty bodies': () => flood('d1\n'),
  'an error with long texts': () => {
    const [name, message, stack, excerpt] = ['n', 'm', 's', 'e'].map((letter) => letter.repeat(80_000));
    pipe.send(FROM_RUNNER.threw, JSON.stringify({ name, message, stack, excerpt }));
  },
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
