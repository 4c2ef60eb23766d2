// family: reuse
// source: own idea: a console that is the earlier call's own
// earlier: tamper
// expect: value "safe"
const loot = [];
const genuine = console;
function tamper(cb) {
  genuine.group('forged');
  for (const name of Object.keys(genuine)) genuine[name] = (...args) => loot.push(...args);
  globalThis.console = new Proxy(genuine, { get: (target, name, receiver) => loot.push(receiver) });
  cb('tampered');
}
function attack(cb) {
  caught(() => console.log({ a: 1 }));
  caught(() => genuine.log({ a: 1 }));
  cb(verdict(genuine, ...loot));
}
