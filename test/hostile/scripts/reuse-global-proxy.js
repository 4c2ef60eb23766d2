// family: reuse
// source: own idea: the global object's prototype is a proxy that sees each name
// earlier: tamper
// globals: {"given":1}
// expect: value "safe"
const loot = [];
function tamper(cb) {
  const trap = new Proxy(
    {},
    {
      get: (target, name, receiver) => void loot.push(receiver),
      has: () => false,
      set: (target, name, value, receiver) => loot.push(value, receiver),
      defineProperty: (target, name, descriptor) => loot.push(descriptor),
      getOwnPropertyDescriptor: () => undefined,
    },
  );
  caught(() => Object.setPrototypeOf(Object.getPrototypeOf(globalThis), trap));
  caught(() => Object.setPrototypeOf(globalThis, trap));
  cb('tampered');
}
function attack(cb) {
  cb(verdict(...loot));
}
