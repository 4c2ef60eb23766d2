// family: prototypes
// source: own idea: the prototype chain of the global object
// expect: value "safe"
function attack(cb) {
  const chain = [];
  for (let o = globalThis; o !== null; o = Object.getPrototypeOf(o)) chain.push(o);
  cb(verdict(...chain, ...chain.map((o) => Object.getOwnPropertyDescriptors(o))));
}
