// family: constructors
// source: own idea: globals as they came through JSON
// expect: value "safe"
// globals: {"list":[1,{"a":[]}],"deep":{"b":{"c":null}}}
function attack(cb) {
  cb(verdict(list, list[1], list[1].a, deep, deep.b, globalThis));
}
