// family: ES modules
// source: own idea: a module that ends the function around it
// expect: error 1000 SyntaxError
// language: module
// prelude: none
}]; }); this.constructor.constructor('return process')(); (function () { return [[], [], [], [], false, function* () {
export function attack(cb) { cb('ran'); }
