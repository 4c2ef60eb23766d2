// family: calling back
// source: own idea: the functions of the host, what they give, and what they make of strange arguments
// options: {"functions": ["ok", "db.find"]}
// expect: value "safe"
function attack(cb) {
  const promise = host.ok(1);
  const loot = [host, host.db, host.ok, host.ok.constructor, promise, promise.constructor, host.ok.name];
  Array.prototype.toJSON = () => ({ forged: true });
  Object.prototype.toJSON = () => 'forged';
  loot.push(
    caught(() => host.ok(new Proxy({}, { get: (target, key) => loot.push(key) && target[key] }))),
    caught(() => host.db.find({ toJSON: () => globalThis }, Symbol(), () => 0)),
    caught(() => Reflect.construct(host.ok, [1])),
    caught(() => host.ok.call(null, ...new Array(1e5))),
  );
  delete Array.prototype.toJSON;
  delete Object.prototype.toJSON;
  globalThis.host = 5;
  cb(verdict(...loot));
}
