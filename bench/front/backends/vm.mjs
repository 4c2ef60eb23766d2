// The original's way: `node:vm` in the server's process, with its `timeout`. The original's covered the evaluation only;
// here it covers the call as well, which costs nothing more. It does not cover timers and promises.
import { createContext, Script } from 'node:vm';
import { HARNESS, hostPackages } from '../harness.mjs';
import { TIMEOUT } from '../replies.mjs';

const harness = new Script(HARNESS);

export function start({ timeoutMs }) {
  return { run: (payload) => run(payload, timeoutMs) };
}

function run({ code, globals, call }, timeoutMs) {
  return new Promise((resolve) => {
    const deadline = setTimeout(() => resolve(TIMEOUT), timeoutMs);
    const answered = (body) => {
      clearTimeout(deadline);
      resolve(body);
    };
    const context = createContext({});
    const realm = harness.runInContext(context)(
      JSON.stringify(globals),
      answered,
      (id, ms) => setTimeout(() => realm.fire(id), ms),
      hostPackages,
    );
    context.benchCall = realm.call;
    try {
      new Script(`${code}\n;benchCall(${call});`).runInContext(context, { timeout: timeoutMs });
    } catch (error) {
      answered(
        error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
          ? TIMEOUT
          : `"error":${JSON.stringify({ code: 1000, message: error.name })}`,
      );
    }
  });
}
