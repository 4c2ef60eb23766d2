// family: resource bombs
// source: own idea: an object that is endless to show
// expect: error 1002 or error 1003 or error 1000
// timeout: 400
function attack(cb) {
  const spy = new Proxy(
    {},
    {
      ownKeys: () => Array.from({ length: 1e6 }, (_, i) => `k${i}`),
      getOwnPropertyDescriptor: () => ({ value: spy, enumerable: true, configurable: true }),
    },
  );
  for (;;) console.dir(spy, { depth: 50 });
}
