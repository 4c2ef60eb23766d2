// Runs one script in the realm of a thread or a process that does nothing else.
import { Script } from 'node:vm';
import { HARNESS, hostPackages } from './harness.mjs';

export function runOnce({ code, globals, call }, answered) {
  const realm = new Script(HARNESS).runInThisContext()(
    JSON.stringify(globals),
    answered,
    (id, ms) => nodeTimeout(() => realm.fire(id), ms),
    hostPackages,
  );
  globalThis.benchCall = realm.call;
  try {
    new Script(`${code}\n;benchCall(${call});`).runInThisContext();
  } catch (error) {
    answered(`"error":${JSON.stringify({ code: 1000, message: error.name })}`);
  }
}

// Before the script's own takes its name.
const nodeTimeout = setTimeout;
