// family: constructors
// source: javascriptd's own hole: console.log.constructor("return process")()
// expect: value "safe"
function attack(cb) {
  cb(verdict(cb, cb.constructor, cb.prototype, Object.getOwnPropertyDescriptors(cb)));
}
