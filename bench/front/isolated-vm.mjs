// isolated-vm, in the release that is made for this Node, and one call in one of its contexts.
import { createRequire } from 'node:module';
import { HARNESS, PACKAGES, packageScript, requires } from './harness.mjs';
import { TIMEOUT, died } from './replies.mjs';

const require = createRequire(new URL('../peers/package.json', import.meta.url));
const RELEASES = ['isolated-vm-7', 'isolated-vm-6', 'isolated-vm-5'];

function load() {
  for (const release of RELEASES) {
    try {
      return require(release);
    } catch (error) {
      if (error.code !== 'MODULE_NOT_FOUND' && error.code !== 'ERR_DLOPEN_FAILED') throw error;
    }
  }
  throw new Error('no release of isolated-vm is installed for this Node');
}

export const ivm = load();

/** The isolate's own timeout comes first. */
const GRACE_MS = 50;

/** Gives the isolate's compiled packages, so that a context only runs them. */
export const compilePackages = (isolate) => isolate.compileScript(packageScript());

/**
 * One call in a fresh context of an isolate. The deadline is around all of it: where an isolate is disposed for its
 * memory, some promises of others in it never settle.
 */
export async function runInContext(isolate, payload, { timeoutMs, packages }) {
  let context;
  let deadline;
  const answered = new Promise((resolve, reject) => {
    deadline = setTimeout(() => resolve(TIMEOUT), timeoutMs + GRACE_MS);
    const run = async () => {
      context = await isolate.createContext();
      if (requires(payload)) await (await packages).run(context);
      await enter(context, payload, timeoutMs, resolve);
    };
    run().catch(reject);
  });
  try {
    return await answered;
  } catch (error) {
    return /timed out/.test(error.message) ? TIMEOUT : died(error);
  } finally {
    clearTimeout(deadline);
    if (!isolate.isDisposed) context?.release();
  }
}

async function enter(context, { code, globals, call }, timeoutMs, answered) {
  let entered;
  const fire = async (id) => {
    const reference = await entered;
    await reference.apply(undefined, [id], { timeout: timeoutMs });
  };
  const later = (id, ms) => setTimeout(() => void fire(id).catch(() => undefined), ms);
  entered = context.evalClosure(
    `const realm = ${HARNESS}($0, $1, $2, ${PACKAGES});\n${code}\n;realm.call(${call});\nreturn realm.fire;`,
    [
      JSON.stringify(globals),
      new ivm.Callback(answered, { ignored: true }),
      new ivm.Callback(later, { ignored: true }),
    ],
    { timeout: timeoutMs, result: { reference: true } },
  );
  await entered;
}
