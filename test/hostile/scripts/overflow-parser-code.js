// family: stack overflow
// source: own idea: the code itself overflows the parser, in the host's realm
// expect: error 1001
// prelude: none
var x = eval('1');
