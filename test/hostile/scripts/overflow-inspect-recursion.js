// family: stack overflow
// source: own idea: a custom inspect that never ends
// expect: value "safe"
function attack(cb) {
  const inspect = Symbol.for('nodejs.util.inspect.custom');
  const loop = {
    [inspect](d, o, i) {
      return i(this, o);
    },
  };
  cb(
    verdict(
      caught(() => console.log(loop)),
      caught(() => require('util').inspect(loop)),
    ),
  );
}
