// family: forged frames
// source: own idea: the pipe's descriptor through a package's builtins
// expect: value "safe"
// process: value "safe" or error 1002 or error 1201
function attack(cb) {
  const { require: get } = require('good');
  const loot = [];
  for (const f of [
    () => get('fs').writeSync(3, 'x'),
    () => get('fs').createWriteStream(null, { fd: 3 }).write('x'),
    () => new (get('net').Socket)({ fd: 3 }).write('x'),
    () => new (get('tty').WriteStream)(3).write('x'),
    () => get('process').binding('fs'),
    () => get('process').send({}),
  ])
    loot.push(caught(f));
  cb(verdict(...loot));
}
