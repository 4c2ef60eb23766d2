// family: resource bombs
// source: own idea: distinct texts; the limits branch gives this 1003
// expect: error 1000 or error 1002 or error 1003
// timeout: 400
function attack(cb) {
  const all = [];
  for (let i = 0; ; i++) all.push(`${i}`.padEnd(10000, 'x').split('').join(''));
}
