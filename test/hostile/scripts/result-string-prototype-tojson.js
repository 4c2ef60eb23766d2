// family: results
// source: own idea: toJSON on prototypes of primitives
// expect: value "safe"
function attack(cb) {
  const loot = [];
  for (const P of [String, Number, Boolean, BigInt, Symbol])
    P.prototype.toJSON = function spy() {
      loot.push(this, arguments, spy.caller);
      return 1;
    };
  JSON.stringify([1, 'a']);
  const answer = verdict(...loot);
  delete String.prototype.toJSON;
  cb(answer);
}
