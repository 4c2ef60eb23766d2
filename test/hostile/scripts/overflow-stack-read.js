// family: stack overflow
// source: known: Node's formatter overflows in the host's realm when `stack` is read on a full stack; must be inert
// expect: value "inert"
function attack(cb) {
  const loot = [];
  deep(() => {
    try {
      loot.push(new Error('x').stack);
    } catch (e) {
      loot.push(e);
    }
    try {
      null.x;
    } catch (e) {
      try {
        e.stack;
      } catch (f) {
        loot.push(f);
      }
    }
  }, 300);
  let state = 'inert';
  for (const thing of loot) {
    if (thing === null || typeof thing !== 'object' || thing instanceof Object) continue;
    const HostFunction = thing.constructor.constructor;
    const HostObject = Object.getPrototypeOf(Object.getPrototypeOf(Object.getPrototypeOf(thing))).constructor;
    for (const text of ['return process', 'return globalThis', 'return 1'])
      if (
        !(caught(() => HostFunction(text)()) instanceof Error) &&
        caught(() => HostFunction(text)())?.name !== 'EvalError'
      )
        state = 'LEAK: code';
    for (const target of [
      Object.getPrototypeOf(thing),
      thing.constructor,
      HostFunction,
      HostFunction.prototype,
      HostObject,
      HostObject.prototype,
    ]) {
      caught(() => {
        target.polluted = 1;
      });
      caught(() => HostObject.defineProperty(target, 'polluted', { value: 1 }));
      caught(() => HostObject.setPrototypeOf(target, null));
      if (Object.hasOwn(target, 'polluted')) state = 'LEAK: change';
    }
    if (caught(() => thing.constructor.constructor.constructor('return this')()) === globalThis) continue;
    if (thing.constructor.captureStackTrace) {
      const holder = {};
      caught(() => thing.constructor.captureStackTrace(holder));
      if (typeof holder.stack === 'object') state = 'LEAK: call sites';
    }
    caught(() => {
      thing.constructor.prepareStackTrace = () => 1;
    });
    if (
      Object.hasOwn(thing.constructor, 'prepareStackTrace') &&
      typeof thing.constructor.prepareStackTrace === 'function' &&
      caught(() => thing.constructor.prepareStackTrace()) === 1
    )
      state = 'LEAK: hook';
  }
  cb(state);
}
