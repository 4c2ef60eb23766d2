// family: constructors
// source: own idea: Node 20's global object asks interceptors of the host
// expect: value "safe"
function attack(cb) {
  globalThis.extra = 1;
  cb(
    verdict(
      Object.getOwnPropertyDescriptors(globalThis),
      Object.keys(globalThis),
      Reflect.ownKeys(globalThis),
      Object.getOwnPropertyDescriptor(globalThis, 'extra'),
      Object.entries(globalThis),
    ),
  );
}
