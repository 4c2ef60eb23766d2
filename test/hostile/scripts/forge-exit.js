// family: forged frames
// source: javascriptd's own hole: process.exit(7)
// expect: value "safe"
// process: value "safe" or error 1201
function attack(cb) {
  const { process } = require('good');
  for (const name of ['exit', 'abort', 'kill', 'reallyExit', 'dlopen', 'chdir', 'emit', 'emitWarning'])
    caught(() => process[name](process.pid, 'SIGKILL'));
  cb(verdict(process));
}
