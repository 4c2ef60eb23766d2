// family: timers
// source: own idea: immediates that never end
// expect: error 1002
// timeout: 400
function attack(cb) {
  const again = () => {
    setImmediate(again);
    setImmediate(() => {});
  };
  again();
}
