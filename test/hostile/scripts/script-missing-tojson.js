// family: scripts
// source: own idea: the list of the functions that there are is written with a toJSON of the script's
// expect: error 1001 Not implemented
Object.prototype.toJSON = () => ({ length: 1e9 });
Array.prototype.toJSON = () => undefined;
String.prototype.toJSON = () => 7;
module.exports = { other() {}, 'a\0b'() {}, ''() {}, ['x'.repeat(1e6)]() {} };
