// The gateway's steps between the frames.
import { bytesOf, scanJson } from '../../dist/json-text/index.js';
import { ScriptPipe } from '../../dist/runtime/script.pipe.js';
import { resultOf } from '../../dist/runtime/result.js';
import { RunnerPool } from '../../dist/sandbox/pool/runner-pool.js';
import { parseShortValue } from '../../dist/sandbox/pool/runner-message.js';
import { Frame } from '../../dist/sandbox/boundary/frames.js';
import { FROM_RUNNER } from '../../dist/sandbox/boundary/messages.js';
import { DEFAULT_SANDBOX_OPTIONS } from '../../dist/sandbox/sandbox.options.js';
import { executeFrame } from '../../dist/sandbox/pool/execute-frame.js';
import { microseconds } from './stopwatch.mjs';

const OPTIONS = DEFAULT_SANDBOX_OPTIONS;
const frameOf = (script) => executeFrame({ script, modules: ['*'] }, OPTIONS, OPTIONS);

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
  return bytesOf(frameOf(script)).toString();
}

export const writeOrder = (payload) => {
  const script = new ScriptPipe().transform(scanned(payload));
  return microseconds(() => frameOf(script));
};

/** A runner that is always at rest again, so that only the pool's own work is timed. */
class ReadyRunner {
  started = Promise.resolve();
  executions = 0;
  unhealthy = false;
  listen(events) {
    this.events = events;
  }
  kill() {}
}

export async function lease() {
  const pool = new RunnerPool(() => new ReadyRunner(), { ...DEFAULT_SANDBOX_OPTIONS, cores: 2 });
  await pool.start();
  const request = { tenant: 'bench', singleUse: false };
  const time = await microseconds(async () => {
    const runner = await pool.lease(request);
    runner.events.onIdle();
  });
  pool.close();
  return time;
}

/** From the runner's frame to what is sent to the client. */
export function result(value) {
  const frame = new Frame(FROM_RUNNER.returned, Buffer.from(JSON.stringify(value)));
  const take = () =>
    resultOf({
      ...parseShortValue(frame, frame.bytes, OPTIONS),
      console: [],
      timeMs: 1,
    });
  return { answer: take(), time: microseconds(take) };
}
