/* oxlint-disable no-unused-vars, unicorn/consistent-function-scoping -- text for `script.mjs`; all of it is in one function */
/**
 * What Node's tests get from `require('../common')` and from `node:test`, written for scripts: it runs in plain Node and in a
 * script alike, and needs neither files nor a process. `makeCommon` is evaluated beside the test; it is never imported.
 */
function makeCommon({ require, process, fixtures }) {
  const assert = require('assert');
  const { inspect } = require('util');
  const { types } = require('util');
  /** `{name, actual, isMet, expected}` of each function that a test expects to be called. */
  const expectations = [];
  /** The end of a test that skips itself, thrown by `skip`. */
  const skipped = { reason: undefined };

  function counted(callback, criteria, isMet, unit) {
    const isCount = typeof callback === 'number';
    const call = isCount || callback === undefined ? () => {} : callback;
    const wanted = isCount ? callback : (criteria ?? 1);
    if (typeof wanted !== 'number') throw new TypeError(`invalid number of calls: ${wanted}`);
    const expectation = { name: call.name, actual: 0, isMet: () => isMet(expectation.actual, wanted) };
    expectation.told = () => `${call.name || 'a function'}: ${expectation.actual} calls, ${unit} ${wanted}`;
    expectations.push(expectation);
    function expected(...args) {
      expectation.actual++;
      return Reflect.apply(call, this, args);
    }
    for (const name of ['name', 'length'])
      Object.defineProperty(expected, name, { value: call[name], configurable: true });
    return expected;
  }
  const mustCall = (callback, count) => counted(callback, count, (a, b) => a === b, 'not');
  const mustCallAtLeast = (callback, count) => counted(callback, count, (a, b) => a >= b, 'less than');

  function readOnly(value) {
    if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return value;
    const refuse = (_target, name) => assert.fail(`it changed ${String(name)} of what it was given`);
    return new Proxy(value, {
      get: (target, name, receiver) => readOnly(Reflect.get(target, name, receiver)),
      set: refuse,
      defineProperty: refuse,
      deleteProperty: refuse,
      setPrototypeOf: refuse,
      preventExtensions: refuse,
    });
  }

  function received(value) {
    if (value === undefined || value === null) return ` Received ${value}`;
    if (typeof value === 'function') return ` Received function ${value.name}`;
    if (typeof value === 'object') {
      const name = value.constructor?.name;
      return name ? ` Received an instance of ${name}` : ` Received ${inspect(value, { depth: -1 })}`;
    }
    const text = inspect(value, { colors: false });
    return ` Received type ${typeof value} (${text.length > 28 ? `${text.slice(0, 25)}...` : text})`;
  }

  function views({ buffer, byteOffset, byteLength }) {
    const classes = [
      Int8Array,
      Uint8Array,
      Uint8ClampedArray,
      Int16Array,
      Uint16Array,
      Int32Array,
      Uint32Array,
      Float32Array,
      Float64Array,
      BigInt64Array,
      BigUint64Array,
      DataView,
    ];
    return classes
      .filter(({ BYTES_PER_ELEMENT = 1 }) => byteLength % BYTES_PER_ELEMENT === 0)
      .map((View) => new View(buffer, byteOffset, byteLength / (View.BYTES_PER_ELEMENT ?? 1)));
  }

  const openssl = /(\d+)\.(\d+)\.(\d+)/.exec(process.versions.openssl ?? '3.0.0').slice(1);
  const common = {
    isWindows: false,
    isMacOS: false,
    isAIX: false,
    isIBMi: false,
    isSunOS: false,
    isFreeBSD: false,
    isOpenBSD: false,
    isLinux: true,
    isASan: false,
    isPi: false,
    isMainThread: true,
    isDumbTerminal: false,
    hasCrypto: true,
    hasFipsCrypto: false,
    hasIntl: true,
    hasOpenSSL3: Number(openssl[0]) >= 3,
    hasQuic: false,
    enoughTestMem: true,
    buildType: 'Release',
    mustCall,
    mustCallAtLeast,
    mustSucceed: (callback, count) =>
      mustCall(function (error, ...args) {
        assert.ifError(error);
        return typeof callback === 'function' ? Reflect.apply(callback, this, args) : undefined;
      }, count),
    mustNotCall(message) {
      return function (...args) {
        const told = args.length > 0 ? ` with ${args.map((arg) => inspect(arg)).join(', ')}` : '';
        assert.fail(`${message ?? 'a function that must not be called'} was called${told}`);
      };
    },
    mustNotMutateObjectDeep: readOnly,
    expectsError: (validator, count) =>
      mustCall((...args) => {
        assert.strictEqual(args.length, 1);
        const [error] = args;
        assert.strictEqual(Object.prototype.propertyIsEnumerable.call(error, 'message'), false);
        assert.throws(() => {
          throw error;
        }, validator);
        return true;
      }, count),
    invalidArgTypeHelper: received,
    getArrayBufferViews: views,
    getBufferSources: (buffer) => [...views(buffer), new Uint8Array(buffer).buffer],
    hasOpenSSL(...least) {
      for (const [index, part] of least.entries())
        if (Number(openssl[index]) !== part) return Number(openssl[index]) > part;
      return true;
    },
    platformTimeout: (time) => time,
    allowGlobals() {},
    printSkipMessage() {},
    skip(reason) {
      skipped.reason = reason;
      throw skipped;
    },
    skipIf32Bits() {},
    skipIfInspectorDisabled() {},
    skipIfWorker() {},
    skipIfDumbTerminal() {},
    isModuleNamespaceObject: types.isModuleNamespaceObject,
  };

  const key = (name, encoding) => {
    if (fixtures[name] === undefined) throw new Error(`no such key: ${name}`);
    const bytes = Buffer.from(fixtures[name], 'base64');
    return encoding === undefined ? bytes : bytes.toString(encoding);
  };
  return { common, expectations, skipped, fixtures: { readKey: key }, test: makeTest() };

  /** The part of `node:test` that these tests use; a failing one rejects. */
  function makeTest() {
    const running = [];
    function test(...args) {
      const body = args.find((arg) => typeof arg === 'function');
      const options = args.find((arg) => typeof arg === 'object' && arg !== null);
      if (body === undefined || options?.skip || options?.todo) return Promise.resolve();
      const context = {
        test,
        it: test,
        assert,
        diagnostic() {},
        plan() {},
        skip() {},
        after() {},
        name: args[0],
      };
      const run = (async () => {
        if (body.length < 2) await body(context);
        else
          await new Promise((resolve, reject) => {
            body(context, (error) => (error ? reject(error) : resolve()));
          });
      })();
      expectations.push({ isMet: () => run.isOver === true, told: () => `${String(args[0])} has not ended` });
      // A rejection that nobody handles fails the test.
      void run.then(() => (run.isOver = true));
      running.push(run);
      return run;
    }
    return Object.assign(test, { test, it: test, describe: test, suite: test, skip() {}, todo() {} });
  }
}
