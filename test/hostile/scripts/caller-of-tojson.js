// family: constructors
// source: own idea: who asks toJSON?
// expect: value {"verdict":"safe"}
function attack(cb) {
  cb({
    toJSON: function ask(key) {
      return { verdict: verdict(ask.caller, ask.arguments, this, key) };
    },
  });
}
