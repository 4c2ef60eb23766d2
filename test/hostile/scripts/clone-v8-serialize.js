// family: structured clone
// source: own idea: v8.deserialize through a package's require
// expect: value "safe"
function attack(cb) {
  const v8 = caught(() => require('good').require('v8'));
  cb(
    verdict(
      v8,
      caught(() => v8.deserialize(new Uint8Array([255, 15]))),
      caught(() => v8.setFlagsFromString('--allow-natives-syntax')),
    ),
  );
}
