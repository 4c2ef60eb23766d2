/* oxlint-disable no-unused-vars, eslint/no-shadow, typescript/consistent-return, unicorn/consistent-function-scoping -- text for `script.mjs`, which calls it; the test sees these names */
/**
 * Runs one of Node's tests in a script, or in plain Node: evaluated together with `common.js` and the test, which
 * `test` returns. It reports `{verdict: 'pass' | 'skip' | 'fail', why}` once the test is at rest, or is not within
 * `patience` milliseconds. Errors that nobody catches end the script, and are the caller's to see.
 */
function runTest({ test, helpers, fixtures, file, require, patience, report }) {
  const { setTimeout, setImmediate, performance } = globalThis;
  const process = processOf();
  const exits = [];
  const shim = makeCommon({ require, process, fixtures });
  const loaded = {
    '../common': shim.common,
    '../common/index.js': shim.common,
    './': shim.common,
    '../common/fixtures': shim.fixtures,
    test: shim.test,
    process,
  };

  function requireHere(name) {
    const bare = name.replace(/^node:/, '');
    if (Object.hasOwn(loaded, bare)) return loaded[bare];
    if (Object.hasOwn(helpers, name)) {
      const module = { exports: {} };
      helpers[name](process)(module.exports, requireHere, module, name, '/test/common');
      return (loaded[bare] = module.exports);
    }
    return require(name);
  }

  /** The process that a test sees: what it registers for the end is kept here; all else is the realm's own. */
  function processOf() {
    // Level `context` gives it to packages only, so this package passes it on.
    const own = globalThis.process ?? require('realm-process');
    const process = Object.create(own);
    for (const name of ['on', 'once', 'addListener'])
      process[name] = (type, listener) => {
        if (type === 'exit') exits.push(listener);
        else own[name](type, listener);
        return process;
      };
    process.exit = (code) => {
      if (code) throw new Error(`process.exit(${code})`);
    };
    return process;
  }

  function ended() {
    const open = shim.expectations.filter((expectation) => !expectation.isMet());
    if (open.length > 0) return open.map((expectation) => expectation.told()).join('; ');
    try {
      for (const listener of exits) Reflect.apply(listener, process, [0]);
      return undefined;
    } catch (error) {
      return told(error);
    }
  }

  const told = (error) =>
    `${error?.name}${error?.code === undefined ? '' : ` ${error.code}`}: ${error?.message ?? error}`.slice(
      0,
      1000,
    );

  const started = performance.now();
  let quiet = 0;
  /** At rest: nothing is expected any more, in several turns of the loop with some time between. */
  function look() {
    const why = ended();
    if (why === undefined && ++quiet === 4) return report({ verdict: 'pass' });
    if (why !== undefined) quiet = 0;
    if (performance.now() - started > patience) return report({ verdict: 'fail', why });
    setTimeout(() => setImmediate(look), 4 << quiet);
  }

  try {
    const module = { exports: {} };
    requireHere.main = module;
    Reflect.apply(test(process), module.exports, [
      module.exports,
      requireHere,
      module,
      `/test/parallel/${file}`,
      '/test/parallel',
    ]);
  } catch (error) {
    return error === shim.skipped
      ? report({ verdict: 'skip', why: error.reason })
      : report({ verdict: 'fail', why: told(error) });
  }
  look();
}
