// family: ES modules
// source: own idea: the script's namespace is taken for a promise
// expect: value "safe"
await 1;
export function then(...args) {
  globalThis.thenGot = args;
}
export function attack(cb) {
  cb(verdict(globalThis.thenGot, ...(globalThis.thenGot ?? [])));
}
