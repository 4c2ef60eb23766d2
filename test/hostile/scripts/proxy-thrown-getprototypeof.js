// family: Proxy
// source: vm2 CVE-2023-30547: getPrototypeOf trap throws while the host sanitises
// expect: error 1000
function attack() {
  throw new Proxy(
    {},
    {
      getPrototypeOf() {
        (function stack() {
          new Error().stack;
          stack();
        })();
      },
    },
  );
}
