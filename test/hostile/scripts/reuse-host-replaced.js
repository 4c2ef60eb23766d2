// family: reuse
// source: own idea: functions of the host's that were kept from the call that was offered them
// earlier: tamper
// options: {"functions":["charge","db.find"]}
// expect: value "safe"
const loot = [];
let old;
function tamper(cb) {
  old = host;
  host.charge(1).then((value) => {
    loot.push(value);
    cb('forged');
  });
  Object.defineProperty(globalThis, 'host', { configurable: false, get: () => old });
  old.db = new Proxy({}, { get: (target, name, receiver) => loot.push(receiver) });
  cb('tampered');
}
function attack(cb) {
  const calls = [caught(() => old.charge(2)), caught(() => host.db.find(3))];
  setTimeout(() => cb(verdict(old, host, ...calls, ...loot)), 10);
}
