// family: resource bombs
// source: own idea: a Map beyond what a table holds
// expect: error 1000 or error 1002 or error 1003
// timeout: 400
function attack(cb) {
  const m = new Map();
  for (let i = 0; ; i++) m.set(i, i);
}
