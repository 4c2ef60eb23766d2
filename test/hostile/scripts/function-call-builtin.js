// family: Function and eval
// source: javascriptd's own hole: call "require"
// expect: error 1001
// call: require
function attack(cb) {
  cb('never');
}
