// family: constructors
// source: own idea: the host's fire() is below a timer's callback
// expect: value "safe"
function attack(cb) {
  setTimeout(function late() {
    cb(verdict(late.caller, late.arguments, this, this.constructor, arguments));
  }, 1);
}
