// family: module loader
// source: own idea: a package.json that is none
// expect: value "safe"
function attack(cb) {
  cb(
    verdict(
      caught(() => require('brokenjson')),
      caught(() => require('brokenjson/package.json')),
    ),
  );
}
