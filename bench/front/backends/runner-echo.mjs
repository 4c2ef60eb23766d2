// Our pipe framing to one runner process which runs nothing: what the second process costs.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { FrameReader, encodeFrame } from '../../../dist/sandbox/boundary/frames.js';
import { FROM_RUNNER, TO_RUNNER, executeText } from '../../../dist/sandbox/boundary/messages.js';

const RUNNER = fileURLToPath(new URL('../echo-runner.mjs', import.meta.url));
const ORDER = { modules: ['*'] };

export function start() {
  const child = spawn(process.execPath, [RUNNER], { stdio: ['ignore', 'ignore', 'inherit', 'pipe'] });
  const pipe = child.stdio[3];
  const reader = new FrameReader(Number.MAX_SAFE_INTEGER);
  const waiting = [];
  pipe.on('data', (chunk) =>
    reader.push(chunk, ({ kind, text }) => {
      const answer = JSON.parse(text);
      waiting.shift()(
        kind === FROM_RUNNER.returned
          ? `"payload":${JSON.stringify(answer)}`
          : `"error":${JSON.stringify(answer)}`,
      );
    }),
  );
  return {
    run: ({ globals, ...script }) =>
      new Promise((resolve) => {
        waiting.push(resolve);
        pipe.write(encodeFrame(TO_RUNNER.execute, executeText(script, ORDER, JSON.stringify(globals))));
      }),
  };
}
