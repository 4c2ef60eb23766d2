// family: poisoned globals
// source: own idea: names that the engine or Node look for
// expect: value "safe"
// globals: {"prepareStackTrace":1,"then":1,"toJSON":1,"_script":1,"_call":1,"global":1,"module":1}
function attack(cb) {
  console.log({ a: 1 });
  cb(
    verdict(
      caught(() => null.x),
      require('util'),
    ),
  );
}
