// family: Function and eval
// source: javascriptd's own hole: call "constructor"
// expect: error 1001
// call: constructor
function attack(cb) {
  cb('never');
}
