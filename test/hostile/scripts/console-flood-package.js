// family: flooding
// source: own idea: through a package's process.stdout
// expect: error 1002 or error 1003
// timeout: 400
function attack() {
  const { stdout } = require('good').process;
  for (;;) stdout.write('x\n');
}
