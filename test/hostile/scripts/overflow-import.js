// family: stack overflow
// source: own idea: import() on a full stack gives Node's own RangeError; known, and must be inert
// expect: value "inert"
async function attack(cb) {
  const loot = [];
  deep(() => {
    const p = caught(() => import('node:fs'));
    loot.push(p);
    p?.then?.(
      (v) => loot.push(v),
      (e) => loot.push(e),
    );
  });
  await new Promise((done) => setTimeout(done, 10));
  let state = 'inert';
  for (const thing of loot) {
    const HostFunction = caught(() => thing.constructor.constructor);
    if (typeof HostFunction !== 'function' || HostFunction === Function) continue;
    if (caught(() => HostFunction('return 1')()) === 1 && !(thing instanceof Object)) state = 'LEAK: code';
    if (
      typeof caught(() => HostFunction('return process')()) === 'object' &&
      caught(() => HostFunction('return process')())?.pid
    )
      state = 'LEAK: process';
    const proto = Object.getPrototypeOf(thing);
    if (!(thing instanceof Object)) {
      caught(() => {
        proto.polluted = 1;
      });
      caught(() => {
        Object.getPrototypeOf(Object.getPrototypeOf(proto)).polluted = 1;
      });
      caught(() => {
        HostFunction.prototype.polluted = 1;
      });
      if (proto.polluted || HostFunction.prototype.polluted) state = 'LEAK: change';
    }
  }
  cb(state);
}
