// family: Intl
// source: own idea: Intl's fallback symbol on a receiver
// expect: value "safe"
function attack(cb) {
  const receiver = Object.create(Intl.DateTimeFormat.prototype);
  const thing = caught(() => Intl.DateTimeFormat.call(receiver));
  cb(verdict(thing, receiver, ...Object.getOwnPropertySymbols(receiver).map((s) => receiver[s])));
}
