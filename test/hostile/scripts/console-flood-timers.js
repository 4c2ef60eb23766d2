// family: flooding
// source: own idea: lines from timers, each turn
// expect: error 1002 or error 1003
// timeout: 400
function attack(cb) {
  setInterval(() => {
    for (let i = 0; i < 1000; i++) console.log(i);
  }, 1);
}
