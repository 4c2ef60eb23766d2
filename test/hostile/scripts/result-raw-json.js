// family: results
// source: own idea: JSON.rawJSON of newer engines
// expect: value {"a":1} or value {"a":"none"}
function attack(cb) {
  cb({ a: typeof JSON.rawJSON === 'function' ? JSON.rawJSON('1') : 'none' });
}
