// family: constructors
// source: own idea: how is the callee called?
// expect: value "safe"
function attack(cb) {
  cb(verdict(this, arguments, arguments.callee, attack.caller, attack.arguments));
}
