// family: results
// source: own idea: a key __proto__ travels as data and pollutes no one
// expect: value {"__proto__":{"polluted":1}}
function attack(cb) {
  cb(JSON.parse('{"__proto__":{"polluted":1}}'));
}
