// The gateway's steps between the frames.
import { bytesOf, scanJson } from '../../dist/json-text/index.js';
import { ScriptPipe } from '../../dist/runtime/script.pipe.js';
import { resultOf } from '../../dist/runtime/result.js';
import { RunnerPool } from '../../dist/sandbox/pool/runner-pool.js';
import { parseValueMessage } from '../../dist/sandbox/pool/runner-message.js';
import { Frame } from '../../dist/sandbox/boundary/frames.js';
import { FROM_RUNNER } from '../../dist/sandbox/boundary/messages.js';
import { DEFAULT_SANDBOX_OPTIONS } from '../../dist/sandbox/sandbox.options.js';
import { scriptText } from '../../dist/sandbox/script-text.js';
import { microseconds } from './stopwatch.mjs';

const ORDER = { modules: ['*'] };

/** A payload as the wire gives it. */
const scanned = (payload) => scanJson(Buffer.from(JSON.stringify(payload)));

export function validate(payload) {
  const pipe = new ScriptPipe();
  const text = scanned(payload);
  return microseconds(() => pipe.transform(text));
}

/** What a runner process is sent for the payload. */
export function orderText(payload) {
  const script = new ScriptPipe().transform(scanned(payload));
  return bytesOf(scriptText({ script }, ORDER, DEFAULT_SANDBOX_OPTIONS)).toString();
}

export const writeOrder = (payload) => {
  const script = new ScriptPipe().transform(scanned(payload));
  return microseconds(() => scriptText({ script }, ORDER, DEFAULT_SANDBOX_OPTIONS));
};

/** A runner that is always at rest again, so that only the pool's own work is timed. */
class ReadyRunner {
  started = Promise.resolve();
  executions = 0;
  spoiled = false;
  listen(events) {
    this.events = events;
  }
  kill() {}
}

export async function lease() {
  const pool = new RunnerPool(() => new ReadyRunner(), { ...DEFAULT_SANDBOX_OPTIONS, cores: 2 });
  await pool.start();
  const demand = { tenant: 'bench', fresh: false };
  const time = await microseconds(async () => {
    const runner = await pool.lease(demand);
    runner.events.idle();
  });
  pool.close();
  return time;
}

/** From the runner's frame to what is sent to the client. */
export function result(value) {
  const frame = new Frame(FROM_RUNNER.returned, Buffer.from(JSON.stringify(value)));
  const take = () =>
    resultOf({
      ...parseValueMessage(frame, scanJson(frame.bytes), DEFAULT_SANDBOX_OPTIONS),
      console: [],
      timeMs: 1,
    });
  return { answer: take(), time: microseconds(take) };
}
