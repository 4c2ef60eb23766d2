// family: resource bombs
// source: own idea: asks for more than there is at once
// expect: error 1000 or error 1002 or error 1003
// timeout: 400
function attack(cb) {
  cb(new Array(2 ** 27).fill(0).concat(new ArrayBuffer(2 ** 40)).length);
}
