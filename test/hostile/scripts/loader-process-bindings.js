// family: module loader
// source: vm2 class: process.binding and its like through a package
// expect: value "safe"
// process: value "safe" or error 1201
function attack(cb) {
  const { process } = require('good');
  const loot = [process, process.env, process.mainModule, process.stdout];
  for (const name of [
    'binding',
    '_linkedBinding',
    'dlopen',
    'getBuiltinModule',
    'reallyExit',
    'openStdin',
    'setuid',
    'report',
    'getActiveResourcesInfo',
    '_getActiveHandles',
    'memoryUsage',
    'nextTick',
    'hrtime',
    'cwd',
    'emitWarning',
  ])
    loot.push(
      process[name],
      caught(() => process[name]('fs')),
      caught(() => process[name](() => {})),
    );
  cb(verdict(...loot));
}
