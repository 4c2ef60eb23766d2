// family: reuse
// source: own idea: an earlier call of the same context replaces what a later one is answered with
// earlier: tamper
// expect: value "safe" or error 1001
function tamper(cb) {
  cb('tampered');
  JSON.parse = JSON.stringify = () => '"forged"';
  globalThis.Promise = class {};
  Object.defineProperty = Reflect.defineProperty = () => false;
  Object.keys = Reflect.ownKeys = () => [];
  String.prototype.split = () => ['forged'];
  Object.prototype.get = () => 'forged';
}
function attack(cb) {
  delete Object.prototype.get;
  cb(
    verdict(
      cb,
      caught(() => JSON.parse),
    ),
  );
}
