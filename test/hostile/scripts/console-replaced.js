// family: console arguments
// source: own idea: console and its functions replaced
// expect: value "safe"
function attack(cb) {
  console.log = cb;
  globalThis.console = { log: cb };
  cb('safe');
}
