// The other end of `backends/runner-echo.mjs`: reads a script as a runner does, and answers without running it.
import { Socket } from 'node:net';
import { listenOnSocket } from '../../dist/sandbox/runner/loop/listen.js';
import { FROM_RUNNER, parseExecute } from '../../dist/sandbox/boundary/messages.js';
import { Pipe } from '../../dist/sandbox/runner/loop/pipe.js';
import { scenarioOf } from '../scenarios.mjs';

const pipe = new Pipe();
listenOnSocket(({ text }) => {
  const { call, globals } = parseExecute(text);
  JSON.parse(globals);
  const { answer } = scenarioOf(call);
  if (answer.error === undefined) pipe.send(FROM_RUNNER.returned, JSON.stringify({ ...answer, time: 0 }));
  else pipe.send(FROM_RUNNER.threw, JSON.stringify(answer.error));
}, Socket);
