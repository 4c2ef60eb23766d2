// family: ES modules
// source: own idea: exports that change while the module waits, and a getter in their place
// expect: value "safe"
let attack = () => {};
export { attack };
await new Promise((resolve) => setTimeout(resolve, 1));
attack = (cb) => cb(verdict(attack));
