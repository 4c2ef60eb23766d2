// family: constructors
// source: javascriptd's own hole: console.log.constructor("return process")()
// expect: value "safe"
function attack(cb) {
  cb(verdict(console, ...Object.values(console)));
}
