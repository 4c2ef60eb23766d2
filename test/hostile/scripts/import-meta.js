// family: import()
// source: own idea: import.meta in evaluated code
// expect: value "safe"
function attack(cb) {
  cb(
    verdict(
      caught(() => (0, eval)('import.meta')),
      caught(() => new Function('return import.meta')),
      caught(() => (0, eval)('import "fs"')),
    ),
  );
}
