// family: WebAssembly
// source: own idea: promise integration of newer engines
// expect: value "safe"
function attack(cb) {
  cb(
    verdict(
      caught(() => new WebAssembly.Suspending(() => {})),
      caught(() => WebAssembly.promising(() => {})),
      WebAssembly.JSTag,
    ),
  );
}
