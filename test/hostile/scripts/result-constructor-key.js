// family: results
// source: own idea: keys that a careless gateway would merge
// expect: value {"constructor":{"prototype":{"polluted":1}},"toJSON":1,"then":1}
function attack(cb) {
  cb({ constructor: { prototype: { polluted: 1 } }, toJSON: 1, then: 1 });
}
