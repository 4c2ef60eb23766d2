// family: timers
// source: own idea: a hundred thousand timers
// expect: value "safe" or error 1003
function attack(cb) {
  for (let i = 0; i < 100000; i++) setTimeout(() => {}, 1e6);
  cb('safe');
}
