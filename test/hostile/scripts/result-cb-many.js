// family: results
// source: own idea: a thousand answers
// expect: value 0
function attack(cb) {
  for (let i = 0; i < 1000; i++) cb(i);
}
