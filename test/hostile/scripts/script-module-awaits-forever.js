// family: ES modules
// source: own idea: a module whose end never comes
// expect: error 1002 Timeout
// timeout: short
await new Promise(() => {});
export function attack(cb) {
  cb('called');
}
