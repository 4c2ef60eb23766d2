// family: module loader
// source: own idea: vm.runInThisContext through a package
// expect: value "safe"
function attack(cb) {
  const vm = require('good').require('vm');
  cb(
    verdict(
      caught(() => vm.runInThisContext('process')),
      caught(() => new vm.Script('process').runInThisContext()),
      caught(() => vm.createContext({})),
      caught(() => require('good').require('module').createRequire('/')),
      caught(() => require('good').require('module')._load('fs')),
    ),
  );
}
