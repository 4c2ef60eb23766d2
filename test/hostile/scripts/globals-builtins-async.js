// family: poisoned globals
// source: own idea: without Promise, Error and JSON an answer still comes
// expect: value "safe"
// globals: {"Promise":3,"JSON":4,"Error":7,"TypeError":1,"RangeError":1}
// prelude: none
async function attack() {
  await null;
  return 'safe';
}
