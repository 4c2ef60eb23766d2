import { FrameReader, encodeFrame } from '../boundary/frames.js';
import { MAX_PACK_BYTES, type PackRequest } from '../boundary/code-packs.js';
import { FROM_RUNNER, type InstalledPackage, TO_RUNNER } from '../boundary/messages.js';
import { RunnerStartError } from '../errors.js';
import type { Launch } from '../pool/launch.js';
import { spawnRunner, StandardError } from '../pool/runner-start.js';

/** A package that takes longer to load is not one that scripts load within their timeout. */
const TIMEOUT_MS = 20_000;
const MAX_TEXT_BYTES = 8192;

/**
 * Has a process of its own make a pack. Its bytes are not looked at here.
 * @returns the pack, or a line that says why there is none
 * @throws RunnerStartError when the process does not start
 */
export async function makePack(
  launch: Launch,
  packages: readonly InstalledPackage[],
  name: string,
  ended: AbortSignal,
): Promise<Buffer | string> {
  const { child, pipe } = spawnRunner(launch);
  const stderr = new StandardError(child.stderr);
  const reader = new FrameReader(
    (kind) => (kind === FROM_RUNNER.returned ? MAX_PACK_BYTES : MAX_TEXT_BYTES) + 1,
  );
  let isReady = false;
  const kill = (): void => void child.kill('SIGKILL');
  try {
    return await new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        resolve(`it does not load within ${TIMEOUT_MS / 1000} seconds`);
      }, TIMEOUT_MS);
      ended.addEventListener('abort', kill);
      child.once('error', (error) =>
        reject(new RunnerStartError(`the maker did not start: ${error.message}`)),
      );
      child.once('close', (code, signal) => {
        clearTimeout(timer);
        const why = stderr.text.split('\n', 1)[0] || `it ended with ${signal ?? code}`;
        if (isReady) resolve(why);
        else reject(new RunnerStartError(`the maker did not start: ${why}`));
      });
      pipe.on('error', () => undefined);
      pipe.on('data', (chunk: Buffer) => {
        try {
          reader.add(chunk);
          for (let frame = reader.next(); frame !== undefined; frame = reader.next()) {
            if (frame.kind === FROM_RUNNER.returned) resolve(frame.bytes);
            else if (frame.kind === FROM_RUNNER.threw) resolve(frame.text);
            else if (frame.kind !== FROM_RUNNER.ready || isReady) resolve('it sends what no maker sends');
            else {
              isReady = true;
              const request: PackRequest = { name, packages };
              pipe.write(encodeFrame(TO_RUNNER.prepare, JSON.stringify(request)));
            }
          }
        } catch {
          resolve('it sends too much');
        }
      });
    });
  } finally {
    ended.removeEventListener('abort', kill);
    kill();
    pipe.destroy();
  }
}
